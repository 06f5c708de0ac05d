package backoffice.testsupport;

import backoffice.devmode.EmbeddedPostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL of the tests: a container where Docker answers, else the embedded one. Registered for all tests as a
 * service; one serves the whole JVM.
 */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private static final Logger LOG = Logger.getLogger(PostgresResource.class);

    /** Of the same major version as the embedded one. */
    private static final String IMAGE =
            "postgres:" + System.getProperty("backoffice.test.postgres", "18").replaceAll("\\..*", "");

    private static final String URL = "backoffice.test.url";
    private static final String POOLED = "backoffice.test.pooled";
    private static final String POOLER_URL = "backoffice.test.pooler.url";
    private static final String USER = "postgres";
    private static final String PASSWORD = "postgres";

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.datasource.reactive.url", serviceUrl());
        config.put("quarkus.datasource.username", USER);
        config.put("quarkus.datasource.password", PASSWORD);
        // The packaged application has no test port of its own for management.
        config.put("quarkus.management.port", System.getProperty("quarkus.management.test-port", "9001"));
        // The packaged application restarts for some tests, and has no readiness to turn down for anybody.
        config.put("quarkus.shutdown.delay", "0s");
        config.putAll(Vendors.CONFIG);
        return config;
    }

    @Override
    public void stop() {
        // The server ends with the JVM: other tests go on using it.
    }

    /** What leads a packaged application to the database. */
    public static Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                url(),
                "QUARKUS_DATASOURCE_USERNAME",
                USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                PASSWORD);
    }

    /** Where the database is; it is started when nobody has asked before. */
    static String url() {
        return once(URL, PostgresResource::startServer);
    }

    /** Where the service finds it: the packaged application behind a PgBouncer, as many instances would. */
    private static String serviceUrl() {
        return Boolean.getBoolean(POOLED) && PgBouncer.isInstalled()
                ? once(POOLER_URL, () -> PgBouncer.start(url(), USER, PASSWORD))
                : url();
    }

    private static String once(String property, Supplier<String> start) {
        synchronized (System.class) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, start.get());
            }
            return System.getProperty(property);
        }
    }

    /** Where JDBC finds the database. */
    static String jdbcUrl() {
        return asSuperuser("jdbc:" + url());
    }

    /** Where JDBC finds another database of the server. */
    static String jdbcUrl(String database) {
        return "jdbc:" + URI.create(url()).resolve("/" + database);
    }

    static String asSuperuser(String jdbcUrl) {
        return jdbcUrl + "?user=" + USER + "&password=" + PASSWORD;
    }

    private static String startServer() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            LOG.infof("Docker answers: testing on a container of %s", IMAGE);
            return startContainer();
        }
        LOG.info("Docker does not answer: testing on the embedded PostgreSQL");
        return EmbeddedPostgresServer.startTemporary();
    }

    private static String startContainer() {
        PostgreSQLContainer container =
                new PostgreSQLContainer(IMAGE).withUsername(USER).withPassword(PASSWORD);
        container.start();
        return "postgresql://%s:%d/%s"
                .formatted(
                        container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        container.getDatabaseName());
    }
}
