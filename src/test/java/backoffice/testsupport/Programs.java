package backoffice.testsupport;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and starts the programs of the machine that some tests need. */
public final class Programs {

    /** Directories of programs on Debian. The PATH of an ordinary user does not contain /usr/sbin. */
    private static final List<String> DIRECTORIES = List.of("/usr/bin", "/usr/sbin");

    private static final Duration TIME_TO_START = Duration.ofSeconds(10);

    private Programs() {}

    public static Optional<Path> find(String... names) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), DIRECTORIES.stream())
                .flatMap(directory -> Stream.of(names).map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One of these programs. Without it the test is skipped, or fails if this environment variable is true, as in CI. */
    public static Path require(String variable, String... names) {
        return required(variable, find(names), String.join(" or ", names) + " on the PATH");
    }

    /** Skips the test or fails it, in the same way, without a file of the machine. */
    static void requireFile(String variable, Path file) {
        required(variable, Optional.of(file).filter(Files::exists), file.toString());
    }

    /** Another thing of this machine. Without it the test is skipped or fails, in the same way. */
    public static <T> T required(String variable, Optional<T> found, String name) {
        String missing = "There is no " + name + ", which this test needs";
        assumeTrue(found.isPresent() || Boolean.parseBoolean(System.getenv(variable)), missing);
        return found.orElseThrow(() -> new AssertionError(missing));
    }

    /** The directory of the programs of the newest PostgreSQL of Debian that has this program. */
    public static Optional<Path> ofPostgres(String program) {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve(program)))
                    .max(Comparator.naturalOrder());
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    /** A new folder that a program of another user can read. */
    static Path folder(String name) throws IOException {
        return Files.createTempDirectory(
                name, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    /** Starts a server, and waits up to 10 s until it listens on a port of this machine. */
    static Process start(List<String> command, Path log, int port) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(command)
                // PostgreSQL can read its standard input after its postmaster was killed. A pipe keeps it alive then.
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Await.atMost(TIME_TO_START)
                .alias(command.get(0) + " listens; see " + log)
                .ignoreException(ConnectException.class)
                .until(() -> {
                    assertTrue(server.isAlive(), () -> command.get(0) + " does not start; see " + log);
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return server;
    }
}
