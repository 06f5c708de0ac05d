package backoffice.embedded;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes dev mode ready for {@code curl}: demo data in a database that was just made, and the first call in the log. */
@Singleton
@IfBuildProfile("dev")
class DevModeWelcome {

    private static final Logger LOG = Logger.getLogger(DevModeWelcome.class);

    void onStart(
            @Observes StartupEvent event,
            @DataSource("migration") AgroalDataSource database,
            @ConfigProperty(name = "quarkus.http.port") int port)
            throws IOException, SQLException {
        if (EmbeddedPostgresServer.takeFresh()) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(demoData());
            }
        }
        LOG.infof(
                "Vendor dev, key dev-bitkey. Try:%n%n"
                        + "    curl -H 'bitkey: dev-bitkey' http://localhost:%1$d/bitanswer/api/customer_groups%n%n"
                        + "Console: http://localhost:%1$d/console  Swagger UI: http://localhost:%1$d/q/swagger-ui"
                        + "  Dev UI: http://localhost:%1$d/q/dev-ui%n",
                port);
    }

    private static String demoData() throws IOException {
        try (InputStream script = DevModeWelcome.class.getResourceAsStream("demo-data.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
