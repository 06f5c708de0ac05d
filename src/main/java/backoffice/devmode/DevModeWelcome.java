package backoffice.devmode;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/** Loads demo data into a new database of dev mode, and logs the addresses and a call to try. */
@Singleton
@IfBuildProfile("dev")
class DevModeWelcome {

    private static final Logger LOG = Logger.getLogger(DevModeWelcome.class);

    void onStart(@Observes StartupEvent event, @DataSource("migration") AgroalDataSource database)
            throws IOException, SQLException {
        if (EmbeddedPostgresServer.clearNewDatabaseFlag()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(demoData());
            }
        }
    }

    /** Logs when the port is known. A live reload keeps the server open, so it does not log again. */
    void onListening(@ObservesAsync HttpServerStart event, HttpServer server) {
        URI base = server.getLocalBaseUri();
        LOG.infof(
                "Vendor dev, key dev-bitkey. Try:%n%n"
                        + "    curl -H 'bitkey: dev-bitkey' %1$s%n%n"
                        + "Console: %2$s  Swagger UI: %3$s  Dev UI: %4$s%n%5$s",
                base.resolve("/bitanswer/api/customer_groups"),
                base.resolve("/console"),
                base.resolve("/q/swagger-ui"),
                base.resolve("/q/dev-ui"),
                EmbeddedPostgresServer.running().map(DevModeWelcome::database).orElse(""));
    }

    private static String database(String url) {
        return ("The database, for commands of the service and for psql:%n%n"
                        + "    export BACKOFFICE_BITKEYS_DEV=dev-bitkey QUARKUS_DATASOURCE_REACTIVE_URL=%1$s "
                        + "QUARKUS_DATASOURCE_USERNAME=postgres QUARKUS_DATASOURCE_PASSWORD=postgres%n"
                        + "    PGPASSWORD=postgres psql -U postgres %1$s%n")
                .formatted(url);
    }

    private static String demoData() throws IOException {
        try (InputStream script = DevModeWelcome.class.getResourceAsStream("demo-data.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
