package backoffice.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Starts the packaged application, a jar or a native executable, as a process of its own. */
public final class PackagedApplication {

    private static final Path TARGET = Path.of("target");
    private static final long SECONDS_TO_END = 30;
    private static final long SECONDS_OF_COMMAND = 120;

    public record End(int exitCode, String output) {}

    public record Outcome(int exitCode, String out, String err) {}

    private PackagedApplication() {}

    public static boolean isNative() {
        return artifact().getProperty("type").equals("native");
    }

    /** The file that is started. The libraries of a jar are in the same directory. */
    public static Path file() {
        return TARGET.resolve(artifact().getProperty("path"));
    }

    public static End run(Map<String, String> environment) throws IOException, InterruptedException {
        try (Running running = start(0, 0, environment)) {
            return running.awaitEnd();
        }
    }

    public static Running start(int port, int managementPort, Map<String, String> environment) throws IOException {
        return start(command(), port, managementPort, environment);
    }

    /** Starts it with the smallest heap for which docs/maintaining/promises.md says that no client exhausts it. */
    public static Running startWithSmallHeap(int port, int managementPort, Map<String, String> environment)
            throws IOException {
        List<String> line = new ArrayList<>(command());
        line.add(1, "-Xmx" + System.getProperty("hostile.heap", isNative() ? "64m" : "128m"));
        return start(line, port, managementPort, environment);
    }

    private static Running start(List<String> line, int port, int managementPort, Map<String, String> environment)
            throws IOException {
        Path output = Files.createTempFile(TARGET, "packaged-application", ".log");
        ProcessBuilder service =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        service.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        service.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        service.environment().putAll(environment);
        return new Running(service.start(), output);
    }

    public static Outcome command(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        try (Command command = startCommand(environment, arguments)) {
            return command.awaitEnd();
        }
    }

    public static Command startCommand(Map<String, String> environment, String... arguments) throws IOException {
        Path out = Files.createTempFile(TARGET, "command", ".out");
        Path err = Files.createTempFile(TARGET, "command", ".err");
        List<String> line = new ArrayList<>(command());
        line.addAll(List.of(arguments));
        ProcessBuilder command =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        command.environment().putAll(environment);
        return new Command(command.start(), out, err);
    }

    public record Command(Process process, Path out, Path err) implements AutoCloseable {

        public void terminate() {
            process.destroy();
        }

        public String output() throws IOException {
            return Files.readString(out) + Files.readString(err);
        }

        public Outcome awaitEnd() throws IOException, InterruptedException {
            if (!process.waitFor(SECONDS_OF_COMMAND, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    public record Running(Process process, Path output) implements AutoCloseable {

        public void terminate() {
            process.destroy();
        }

        public void awaitListening() throws IOException, InterruptedException {
            while (!Files.readString(output).contains("Listening on")) {
                if (!process.isAlive()) {
                    throw new AssertionError("The service exited: " + Files.readString(output));
                }
                Thread.sleep(20);
            }
        }

        public End awaitEnd() throws IOException, InterruptedException {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new AssertionError("The service does not exit: " + Files.readString(output));
            }
            return new End(process.exitValue(), Files.readString(output));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    public static String commandLine() {
        return String.join(" ", command());
    }

    private static List<String> command() {
        return isNative()
                ? List.of(file().toAbsolutePath().toString())
                : List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        // This makes the start faster. No test runs long enough to profit from the optimizing compiler.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-jar",
                        file().toString());
    }

    private static Properties artifact() {
        Properties artifact = new Properties();
        try (InputStream file = Files.newInputStream(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(file);
            return artifact;
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is packaged", e);
        }
    }
}
