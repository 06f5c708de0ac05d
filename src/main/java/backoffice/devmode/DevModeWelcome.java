package backoffice.devmode;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.logging.Logger;

/**
 * Loads demo data into a new database of dev mode. Its log and the Dev UI show a call to try, the addresses of the
 * pages, and how to reach the database.
 */
@Singleton
@IfBuildProfile("dev")
class DevModeWelcome {

    private static final Logger LOG = Logger.getLogger(DevModeWelcome.class);

    /** The name of the config source with the URL of a container. */
    private static final String DEV_SERVICES = "DevServicesConfigSource";

    /** The path of the page that {@link DevUiWelcome} shows. */
    static final String PAGE = "/dev-welcome";

    private static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <title>customer-groups</title>
            <style>
            body { margin: 0; font: 16px/1.5 sans-serif; background: #fff; color: #333 }
            pre { margin: 0; padding: .7em; white-space: pre-wrap; background: #eee }
            </style>
            <p>A call, as the vendor <code>dev</code>:</p>
            <pre>%s</pre>
            <p>
            <a href="/console" target="_top">Console</a> ·
            <a href="/q/swagger-ui" target="_top">Swagger UI</a> ·
            <a href="/q/dev-ui/readme" target="_top">More calls</a>
            </p>
            <p>The database, for commands of the service and for <code>psql</code>:</p>
            <pre>%s</pre>
            """;

    private static final String LAST_GROUP =
            "select last_value from pg_sequences where sequencename = 'customer_group_id_seq'";

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
                    Statement statement = connection.createStatement()) {
                if (neverHadAGroup(statement)) {
                    statement.execute(demoData());
                }
            }
        }
    }

    /** Logs when the port is known. A live reload keeps the server open, so it does not log again. */
    void onListening(@ObservesAsync HttpServerStart event, HttpServer server) {
        URI base = server.getLocalBaseUri();
        LOG.infof(
                "Vendor dev, key dev-bitkey. Try:%n%n    %s%n%nConsole: %s  Swagger UI: %s  Dev UI: %s%n%s",
                call(base),
                base.resolve("/console"),
                base.resolve("/q/swagger-ui"),
                base.resolve("/q/dev-ui"),
                isOwnDatabase()
                        ? "The database, for commands of the service and for psql:%n%n%s"
                                .formatted(database().indent(4))
                        : "");
    }

    void servePage(@Observes Router router) {
        router.get(PAGE)
                .handler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=UTF-8")
                        .end(page(URI.create(request.request().absoluteURI()))));
    }

    private String page(URI base) {
        return HTML.formatted(
                escaped(call(base)), isOwnDatabase() ? escaped(database()) : "It is the one that you have configured.");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String call(URI base) {
        return "curl -H 'bitkey: dev-bitkey' " + base.resolve("/bitanswer/api/customer_groups");
    }

    /** Whether dev mode started the database: as a container, or as the embedded one. */
    private boolean isOwnDatabase() {
        return DEV_SERVICES.equals(url.getSourceName())
                || EmbeddedPostgresServer.running()
                        .filter(url.getValue()::equals)
                        .isPresent();
    }

    /** Data that you deleted does not come back, so it is the sequence that tells. */
    private static boolean neverHadAGroup(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery(LAST_GROUP)) {
            return result.next() && result.getObject(1) == null;
        }
    }

    private String database() {
        // Dev Services add a scheme for Vert.x and options of JDBC, which psql does not know.
        String address = url.getValue().replaceFirst("^vertx-reactive:", "").replaceFirst("\\?.*", "");
        return ("export BACKOFFICE_BITKEYS_DEV=dev-bitkey QUARKUS_DATASOURCE_REACTIVE_URL=%1$s "
                        + "QUARKUS_DATASOURCE_USERNAME=%2$s QUARKUS_DATASOURCE_PASSWORD=%3$s%n"
                        + "PGPASSWORD=%3$s psql -U %2$s %1$s")
                .formatted(
                        address,
                        config.getValue("quarkus.datasource.username", String.class),
                        config.getValue("quarkus.datasource.password", String.class));
    }

    private static String demoData() throws IOException {
        try (InputStream script = DevModeWelcome.class.getResourceAsStream("/db/demo-data.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
