package backoffice.devmode;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** A config source that makes the embedded PostgreSQL the datasource of dev mode, unless one is configured. */
public class EmbeddedPostgresConfig implements ConfigSourceFactory {

    private static final String URL = "quarkus.datasource.reactive.url";
    private static final int LOWEST_ORDINAL = 0;

    /** The data stays after live reloads and restarts of dev mode. {@code ./mvnw clean} deletes it. */
    private static final Path DATA = Path.of("target", "embedded-postgres").toAbsolutePath();

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (!context.getProfiles().contains("dev") || context.getValue(URL).getValue() != null) {
            return List.of();
        }
        Map<String, String> datasource = Map.of(
                URL,
                EmbeddedPostgresServer.start(DATA),
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres");
        return List.of(new PropertiesConfigSource(datasource, "embedded PostgreSQL", LOWEST_ORDINAL));
    }
}
