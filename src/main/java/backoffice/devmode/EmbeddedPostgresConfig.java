package backoffice.devmode;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Gives dev mode the embedded PostgreSQL as its datasource, unless one is configured. */
public class EmbeddedPostgresConfig implements ConfigSourceFactory {

    private static final String URL = "quarkus.datasource.reactive.url";
    private static final int LEAST_ORDINAL = 0;

    /** Outlives live reloads and restarts of dev mode; {@code ./mvnw clean} starts anew. */
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
        return List.of(new PropertiesConfigSource(datasource, "embedded PostgreSQL", LEAST_ORDINAL));
    }
}
