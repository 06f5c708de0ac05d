package backoffice.devmode;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An embedded PostgreSQL server for dev mode, one for each JVM. Its state is in system properties, because
 * dev mode has several class loaders, and new ones after each live reload.
 */
final class EmbeddedPostgresServer {

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
    static String start(Path data) {
        synchronized (System.class) {
            if (System.getProperty(PORT) == null) {
                try {
                    OptionalInt running = runningOn(data);
                    int port = running.isPresent() ? running.getAsInt() : startOn(data);
                    System.setProperty(PORT, String.valueOf(port));
                } catch (IOException e) {
                    throw new IllegalStateException("The embedded PostgreSQL does not start", e);
                }
            }
            return running().orElseThrow();
        }
    }

    private static int startOn(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C")
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start()
                .getPort();
    }

    /** The URL of the server that this JVM started or found on its data; empty when there is none. */
    static Optional<String> running() {
        return Optional.ofNullable(System.getProperty(PORT))
                .map(port -> "postgresql://localhost:" + port + "/postgres");
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
