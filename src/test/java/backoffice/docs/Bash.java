package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs commands as a reader does who pastes them. */
public final class Bash {

    private static final String COMMAND_BEGINS = "\u001e";
    private static final String OUTPUT_ENDS = "\u001d";

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
                .map(command -> "printf '" + COMMAND_BEGINS + "'\n" + command + "\nprintf '" + OUTPUT_ENDS + "%s' $?\n")
                .collect(Collectors.joining());
        List<Done> done = new ArrayList<>();
        for (String part : output("curl() { command curl -sS \"$@\"; }\n" + script, environment)
                .split(COMMAND_BEGINS)) {
            if (!part.isEmpty()) {
                String[] outputAndCode = part.split(OUTPUT_ENDS);
                done.add(new Done(Integer.parseInt(outputAndCode[1]), outputAndCode[0].replace("\r", "")));
            }
        }
        assertEquals(commands.size(), done.size());
        return done;
    }

    /** The variables that the {@code export} lines of a block set. */
    static Map<String, String> exports(Shell block) {
        String exports =
                block.text().lines().filter(line -> line.startsWith("export ")).collect(Collectors.joining("\n"));
        return Arrays.stream(output("set -eu\nunset \"${!BACKOFFICE_@}\" \"${!QUARKUS_@}\"\n" + exports + "\nenv -0")
                        .split("\0"))
                .filter(variable -> variable.matches("(?s)(BACKOFFICE|QUARKUS)_.*"))
                .collect(Collectors.toMap(
                        variable -> variable.substring(0, variable.indexOf('=')),
                        variable -> variable.substring(variable.indexOf('=') + 1)));
    }

    /** What a script prints; it must succeed. */
    public static String output(String script) {
        return output(script, Map.of());
    }

    static String output(String script, Map<String, String> environment) {
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
