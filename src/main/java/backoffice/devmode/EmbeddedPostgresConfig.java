package backoffice.devmode;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A config source that makes the embedded PostgreSQL the datasource of dev mode, unless one is configured or Docker
 * answers. Dev Services of Quarkus start a container when Docker answers and no datasource is configured.
 */
public class EmbeddedPostgresConfig implements ConfigSourceFactory {

    static final String URL = "quarkus.datasource.reactive.url";
    static final String DEV_SERVICES = "quarkus.devservices.enabled";
    private static final int LOWEST_ORDINAL = 0;

    /** The data stays after live reloads and restarts of dev mode. {@code ./mvnw clean} deletes it. */
    private static final Path DATA = Path.of("target", "embedded-postgres").toAbsolutePath();

    private final BooleanSupplier docker;
    private final Supplier<String> server;

    /** Creates the factory, for the service loader. */
    public EmbeddedPostgresConfig() {
        this(Docker::answers, () -> EmbeddedPostgresServer.start(DATA));
    }

    EmbeddedPostgresConfig(BooleanSupplier docker, Supplier<String> server) {
        this.docker = docker;
        this.server = server;
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (!context.getProfiles().contains("dev") || context.getValue(URL).getValue() != null) {
            return List.of();
        }
        if (Boolean.parseBoolean(context.getValue(DEV_SERVICES).getValue()) && docker.getAsBoolean()) {
            return List.of();
        }
        Map<String, String> datasource = Map.of(
                URL,
                server.get(),
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres");
        return List.of(new PropertiesConfigSource(datasource, "embedded PostgreSQL", LOWEST_ORDINAL));
    }
}
