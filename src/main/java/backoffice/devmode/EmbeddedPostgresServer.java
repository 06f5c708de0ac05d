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
 * An embedded PostgreSQL server for dev mode and tests, one for each JVM. Its state is in system properties, because
 * dev mode has several class loaders, and new ones after each live reload.
 */
public final class EmbeddedPostgresServer {

    private static final String PORT = "backoffice.embedded.port";
    private static final int LINE_OF_PORT = 3;

    private EmbeddedPostgresServer() {}

    /**
     * Starts the server, unless it runs already. It stops with the JVM that started it.
     *
     * @param data the directory of its data, which is created when it does not exist
     * @return the URL for {@code quarkus.datasource.reactive.url}; the server accepts every password
     * @throws IllegalStateException when the server does not start
     */
    public static String start(Path data) {
        return startOnce(() -> {
            OptionalInt running = runningOn(data);
            return running.isPresent()
                    ? running.getAsInt()
                    : builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .start()
                            .getPort();
        });
    }

    /**
     * Starts the server with temporary data, unless it runs already.
     *
     * @return the URL, as in {@link #start}
     * @throws IllegalStateException when the server does not start
     */
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

    /** The URL of the server that this JVM started or found on its data; empty when there is none. */
    static Optional<String> running() {
        return Optional.ofNullable(System.getProperty(PORT))
                .map(port -> "postgresql://localhost:" + port + "/postgres");
    }

    private static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setLocaleConfig("locale", "C");
    }

    /** The port of a server that still runs because its JVM was killed; empty when there is none. */
    private static OptionalInt runningOn(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(Files.readAllLines(pidFile).get(LINE_OF_PORT));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return OptionalInt.of(socket.getPort());
        } catch (IOException notListening) {
            return OptionalInt.empty();
        }
    }
}
