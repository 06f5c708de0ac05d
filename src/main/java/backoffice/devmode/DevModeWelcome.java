package backoffice.devmode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.logging.Logger;

/**
 * Loads demo data into a new database of dev mode. Its log shows a call to try, the addresses of the pages, and how to
 * reach the database.
 */
@Singleton
@IfBuildProfile("dev")
class DevModeWelcome {

    private static final Logger LOG = Logger.getLogger(DevModeWelcome.class);

    /** The name of the config source with the URL of a container. */
    private static final String DEV_SERVICES = "DevServicesConfigSource";

    /** Data that you deleted does not come back, so it is the sequence that tells whether there was a group. */
    private static final String IF_NEW = """
            do $$ begin
                if (select last_value from pg_sequences where sequencename = 'customer_group_id_seq') is null then %s end if;
            end $$""";

    private final ConfigValue url;
    private final Config config;

    DevModeWelcome(Config config) {
        this.config = config;
        this.url = config.getConfigValue(EmbeddedPostgresConfig.URL);
    }

    void onStart(@Observes StartupEvent event, @DataSource("migration") AgroalDataSource database)
            throws IOException, SQLException {
        if (isOwnDatabase()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    InputStream demoData = DevModeWelcome.class.getResourceAsStream("/db/demo-data.sql")) {
                statement.execute(IF_NEW.formatted(new String(demoData.readAllBytes(), UTF_8)));
            }
        }
    }

    /**
     * Logs when the port is known. A live reload keeps the server open, so it does not log again. One event loop sends
     * the event, and another one registers the address, so the address can come after the event.
     */
    void onListening(@ObservesAsync HttpServerStart event, HttpServer server) {
        URI base = Uni.createFrom()
                .item(server::getLocalBaseUri)
                .onFailure(IllegalArgumentException.class)
                .retry()
                .withBackOff(ofMillis(10))
                .expireIn(10_000)
                .await()
                .indefinitely();
        LOG.infof(
                "Vendor dev, key dev-bitkey. Try:%n%n    curl -H 'bitkey: dev-bitkey' %s%n%n"
                        + "Console: %s  Swagger UI: %s  Dev UI: %s%n%s",
                base.resolve("/bitanswer/api/customer_groups"),
                base.resolve("/console"),
                base.resolve("/q/swagger-ui"),
                base.resolve("/q/dev-ui"),
                isOwnDatabase() ? database() : "");
    }

    private boolean isOwnDatabase() {
        return DEV_SERVICES.equals(url.getSourceName())
                || config.getConfigValue(EmbeddedPostgresConfig.IS_EMBEDDED).getValue() != null;
    }

    private String database() {
        // Dev Services add a scheme for Vert.x and options of JDBC, which psql does not know.
        String address = url.getValue().replaceFirst("^vertx-reactive:", "").replaceFirst("\\?.*", "");
        return ("The database, for commands of the service and for psql:%n%n"
                        + "    export BACKOFFICE_BITKEYS_DEV=dev-bitkey QUARKUS_DATASOURCE_REACTIVE_URL=%1$s "
                        + "QUARKUS_DATASOURCE_USERNAME=%2$s QUARKUS_DATASOURCE_PASSWORD=%3$s%n"
                        + "    PGPASSWORD=%3$s psql -U %2$s %1$s%n")
                .formatted(
                        address,
                        config.getValue("quarkus.datasource.username", String.class),
                        config.getValue("quarkus.datasource.password", String.class));
    }
}
