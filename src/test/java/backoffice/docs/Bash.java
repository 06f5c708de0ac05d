package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs commands as a reader does who pastes them. */
public final class Bash {

    /** The output of a command, and its exit code between two control characters. */
    private static final Pattern DONE = Pattern.compile("([^\u001d]*)\u001d(\\d+)\u001e");

    private static final long MINUTES = 4;

    record Done(int exitCode, String output) {

        /** Without those that are empty. */
        List<String> lines() {
            return output.lines().filter(line -> !line.isEmpty()).toList();
        }
    }

    private Bash() {}

    /** Skips the test on a machine without these programs, except in CI, where {@code REQUIRE_SHELL} is true. */
    public static void require(String... programs) {
        Programs.require("REQUIRE_SHELL", "bash");
        Stream.of(programs).forEach(program -> Programs.require("REQUIRE_SHELL", program));
    }

    static List<Done> run(List<String> commands, Map<String, String> environment) {
        String script = commands.stream()
                .map(command -> command + "\nprintf '\u001d%s\u001e' $?\n")
                .collect(joining("", "curl() { command curl -sS \"$@\"; }\n", ""));
        List<Done> done = DONE.matcher(output(script, environment).replace("\r", ""))
                .results()
                .map(found -> new Done(Integer.parseInt(found.group(2)), found.group(1)))
                .toList();
        assertEquals(commands.size(), done.size());
        return done;
    }

    /** The variables that the {@code export} lines of a block set. */
    static Map<String, String> exports(Shell block) {
        String exports =
                block.text().lines().filter(line -> line.startsWith("export ")).collect(joining("\n"));
        String script = "set -eu\nunset \"${!BACKOFFICE_@}\" \"${!QUARKUS_@}\"\n" + exports + "\nenv -0";
        return Stream.of(output(script).split("\0"))
                .filter(variable -> variable.matches("(?s)(BACKOFFICE|QUARKUS)_.*"))
                .map(variable -> variable.split("=", 2))
                .collect(toMap(parts -> parts[0], parts -> parts[1]));
    }

    /** What a script prints; it must succeed. */
    public static String output(String script) {
        return output(script, Map.of());
    }

    public static String output(String script, Map<String, String> environment) {
        try {
            // In files and not in pipes, which a server that the script starts would keep open.
            Path out = Files.createTempFile("bash", ".out");
            Path errors = Files.createTempFile("bash", ".err");
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                    .redirectOutput(out.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process bash = builder.start();
            boolean isDone = bash.waitFor(MINUTES, TimeUnit.MINUTES);
            bash.destroyForcibly();
            String output = Files.readString(out);
            assertTrue(isDone, () -> "The script does not end: " + script);
            assertEquals(0, bash.waitFor(), output + Files.readString(errors));
            Files.delete(out);
            Files.delete(errors);
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
