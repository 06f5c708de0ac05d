package backoffice.testsupport;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Starts the packaged application, a jar or a native executable, as a process of its own. */
public final class PackagedApplication {

    private static final Path TARGET = Path.of("target");
    private static final Path ARCHIVE = TARGET.resolve("packaged-application.jsa");
    private static final Duration TIME_TO_START = Duration.ofMinutes(1);
    private static final long SECONDS_TO_END = 30;
    private static final long SECONDS_OF_COMMAND = 120;

    public record End(int exitCode, String output) {}

    public record Outcome(int exitCode, String out, String err) {}

    /** The environment variables of an application that cannot connect to its database. */
    public static final Map<String, String> WITHOUT_DATABASE = Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/postgres",
            "QUARKUS_DATASOURCE_USERNAME", "postgres",
            "QUARKUS_DATASOURCE_PASSWORD", "postgres");

    private static boolean isArchived;

    private PackagedApplication() {}

    public static boolean isNative() {
        return artifact().getProperty("type").equals("native");
    }

    /** The file that is started. The libraries of a jar are in the same directory. */
    public static Path file() {
        return TARGET.resolve(artifact().getProperty("path"));
    }

    /** Variables, and more of them, such as {@code A=b}. */
    static Map<String, String> environment(Map<String, String> variables, String... more) {
        Map<String, String> environment = new HashMap<>(variables);
        for (String variable : more) {
            environment.put(variable.split("=")[0], variable.split("=", 2)[1]);
        }
        return environment;
    }

    public static End run(Map<String, String> environment) throws IOException, InterruptedException {
        try (Running running = start(0, 0, environment)) {
            return running.awaitEnd();
        }
    }

    /** Starts it on free ports, and returns when it listens. */
    public static Running start(Map<String, String> environment) throws IOException {
        return start(line(), environment);
    }

    private static Running start(List<String> line, Map<String, String> environment) throws IOException {
        return start(line, Ports.free(), Ports.free(), environment).awaitListening();
    }

    public static Running start(int port, int managementPort, Map<String, String> environment) throws IOException {
        return start(line(), port, managementPort, environment);
    }

    /** Starts it with the smallest heap for which docs/maintaining/promises.md says that no client exhausts it. */
    public static Running startWithSmallHeap(Map<String, String> environment) throws IOException {
        List<String> line = line();
        line.add(1, "-Xmx" + System.getProperty("hostile.heap", isNative() ? "64m" : "128m"));
        return start(line, environment);
    }

    /** Starts it with the options of its image, and a heap in which it cannot start. */
    public static Running startWithoutMemory() throws IOException {
        List<String> line = line();
        if (!isNative()) {
            line.removeIf("-XX:+ExitOnOutOfMemoryError"::equals);
            line.addAll(1, optionsOfImage());
        }
        line.add(1, "-Xmx" + (isNative() ? "1m" : "12m"));
        return start(line, 0, 0, WITHOUT_DATABASE);
    }

    /** Starts it with this limit of open files, sockets included. */
    public static Running startWithDescriptors(int limit, Map<String, String> environment) throws IOException {
        List<String> line = line();
        line.addAll(0, List.of("prlimit", "--nofile=" + limit));
        return start(line, environment);
    }

    /**
     * Starts it as its image does, with the memory of a cgroup. In place of the AOT cache of its image, the jar has the archive
     * of the tests.
     */
    public static Running startAsImage(MemoryCgroup cgroup, Map<String, String> environment) throws IOException {
        List<String> line = line();
        Map<String, String> ofImage = new HashMap<>(environment);
        if (!isNative()) {
            line.remove("-XX:TieredStopAtLevel=1");
            line.addAll(1, optionsOfImage());
            ofImage.put(
                    "MALLOC_ARENA_MAX",
                    inDockerfile("ENV MALLOC_ARENA_MAX=(.+)").get(0));
        }
        return start(cgroup.line(line), ofImage);
    }

    private static List<String> optionsOfImage() {
        return inDockerfile("\"(-XX:(?!AOTCache=)[^\"]+)\"");
    }

    /** The texts of the group in a pattern that the image of the JVM is built with. */
    private static List<String> inDockerfile(String pattern) {
        return Pattern.compile(pattern)
                .matcher(RepositoryFiles.text(Path.of("src/main/docker/Dockerfile.jvm")))
                .results()
                .map(text -> text.group(1))
                .toList();
    }

    private static Running start(List<String> line, int port, int managementPort, Map<String, String> environment)
            throws IOException {
        Path output = Files.createTempFile(TARGET, "packaged-application", ".log");
        ProcessBuilder service =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        service.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        service.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        service.environment().putAll(environment);
        return new Running(service.start(), output, port, managementPort);
    }

    /** Runs a command to its end, which comes within two minutes. */
    public static Outcome command(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(TARGET, "command", ".out");
        Path err = Files.createTempFile(TARGET, "command", ".err");
        ProcessBuilder command =
                new ProcessBuilder(line(arguments)).redirectOutput(out.toFile()).redirectError(err.toFile());
        command.environment().putAll(environment);
        Process process = command.start();
        if (!process.waitFor(SECONDS_OF_COMMAND, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    /** Starts a command. Its standard output and its standard error are one output. */
    public static Running startCommand(Map<String, String> environment, String... arguments) throws IOException {
        return start(line(arguments), 0, 0, environment);
    }

    /** A service that was started. Its ports are 0 if it is a command. */
    public record Running(Process process, Path output, int port, int managementPort) implements AutoCloseable {

        public Api as(String bitkey) {
            return Api.as(bitkey).on(port);
        }

        public ValidatableResponse management(String path) {
            return RestAssured.given().port(managementPort).get(path).then();
        }

        public void terminate() {
            process.destroy();
        }

        /** Returns itself when it listens. A service that does not is ended. */
        public Running awaitListening() {
            try {
                Await.atMost(TIME_TO_START).until(this::outputOfLiving, containsString("Listening on"));
                return this;
            } catch (AssertionError | ConditionTimeoutException e) {
                close();
                throw e;
            }
        }

        private String outputOfLiving() {
            String text = RepositoryFiles.text(output);
            assertTrue(process.isAlive(), () -> "The service exited: " + text);
            return text;
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
        return String.join(" ", line());
    }

    private static List<String> line(String... arguments) {
        List<String> program = isNative() ? List.of(file().toAbsolutePath().toString()) : jvm(archive());
        return Stream.concat(program.stream(), Stream.of(arguments)).collect(Collectors.toList());
    }

    private static List<String> jvm(String option) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                // This makes the start faster. No test runs long enough to profit from the optimizing compiler.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                option,
                "-jar",
                file().toString());
    }

    /**
     * In a full test run, the option of an archive of classes, with which a start takes half of its processor time. The
     * first start writes the archive. Where few tests start it, that would take longer.
     */
    private static synchronized String archive() {
        if (!Boolean.getBoolean("backoffice.test.archive")) {
            return "-Xshare:auto";
        }
        String read = "-XX:SharedArchiveFile=" + ARCHIVE;
        if (!isArchived) {
            isArchived = true;
            Map<String, String> environment = environment(
                    PostgresResource.environment(), "BACKOFFICE_BITKEYS_A=archive", "QUARKUS_SHUTDOWN_DELAY=0s");
            try (Running running =
                    start(jvm(read.replace("SharedArchiveFile", "ArchiveClassesAtExit")), 0, 0, environment)) {
                running.awaitListening();
                running.terminate();
                running.awaitEnd();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return read;
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
