package backoffice.devmode;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * A PostgreSQL of our own for dev mode and tests, one in a JVM. System properties hold what is known of it, since dev
 * mode has several class loaders, and new ones after each live reload.
 */
public final class EmbeddedPostgresServer {

    private static final String PORT = "backoffice.embedded.port";
    private static final String FRESH = "backoffice.embedded.fresh";
    private static final int LINE_OF_PORT = 3;

    private EmbeddedPostgresServer() {}

    /**
     * Starts the server, unless it runs already; it ends with the JVM that started it.
     *
     * @param data the directory of its data, made when it does not exist
     * @return the address for {@code quarkus.datasource.reactive.url}; every user may connect, with any password
     */
    public static String start(Path data) {
        return startOnce(() -> {
            boolean fresh = !Files.exists(data.resolve("postgresql.conf"));
            OptionalInt running = runningOn(data);
            System.setProperty(FRESH, String.valueOf(fresh));
            return running.isPresent()
                    ? running.getAsInt()
                    : builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .start()
                            .getPort();
        });
    }

    /** The same on data that end with the JVM. */
    public static String startTemporary() {
        return startOnce(() -> builder().start().getPort());
    }

    private static String startOnce(Callable<Integer> start) {
        synchronized (System.class) {
            if (System.getProperty(PORT) == null) {
                try {
                    System.setProperty(PORT, String.valueOf(start.call()));
                } catch (Exception e) {
                    throw new IllegalStateException("The embedded PostgreSQL does not start", e);
                }
            }
            return running().orElseThrow();
        }
    }

    /** The address of the server that this JVM started, or found running on the data. */
    static Optional<String> running() {
        return Optional.ofNullable(System.getProperty(PORT))
                .map(port -> "postgresql://localhost:" + port + "/postgres");
    }

    private static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setLocaleConfig("locale", "C");
    }

    /** Whether this JVM made the data directory and nobody asked before. */
    static boolean takeFresh() {
        return Boolean.parseBoolean(System.clearProperty(FRESH));
    }

    /** The port of a server that a JVM left behind when it was killed. */
    private static OptionalInt runningOn(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(Files.readAllLines(pidFile).get(LINE_OF_PORT));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return OptionalInt.of(socket.getPort());
        } catch (IOException nobodyListens) {
            return OptionalInt.empty();
        }
    }
}
