package backoffice.testsupport;

import backoffice.devmode.EmbeddedPostgresConfig;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The PostgreSQL server of all tests of a JVM: a Citus cluster, a container, or else the embedded PostgreSQL. */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private static final Logger LOG = Logger.getLogger(PostgresResource.class);

    /** The image has the same major version as the embedded PostgreSQL. */
    private static final String IMAGE =
            "postgres:" + System.getProperty("backoffice.test.postgres", "18").replaceAll("\\..*", "");

    private static final Duration DOCKER_TIMEOUT =
            Duration.parse(System.getProperty("backoffice.test.docker-timeout", "PT30S"));

    private static final String URL = "backoffice.test.url";
    private static final String HISTORY = "backoffice.test.history";
    private static final String POOLED = "backoffice.test.pooled";
    private static final String POOLER_URL = "backoffice.test.pooler.url";
    private static final String USER = "postgres";
    private static final String PASSWORD = "postgres";

    @Override
    public Map<String, String> start() {
        // An application of tests before this one may have switched the history on.
        Sql.execute("drop function if exists history_record() cascade");
        Map<String, String> config = new HashMap<>(Vendors.CONFIG);
        config.put("quarkus.datasource.reactive.url", serviceUrl());
        config.put("quarkus.datasource.username", USER);
        config.put("quarkus.datasource.password", PASSWORD);
        if (CitusCluster.isThroughWorker()) {
            config.put("backoffice.migrate-at-start", "false");
        }
        if (System.getProperty(HISTORY) != null) {
            config.put("backoffice.history", System.getProperty(HISTORY));
        }
        // The packaged application ignores the test port for management.
        config.put("quarkus.management.port", System.getProperty("quarkus.management.test-port", "9001"));
        // The packaged application restarts for some tests, and no load balancer watches its readiness.
        config.put("quarkus.shutdown.delay", "0s");
        return config;
    }

    @Override
    public void stop() {
        // The server stops with the JVM, because other tests still use it.
    }

    public static Map<String, String> environment() {
        return environment(url());
    }

    /** With the URL of the service, which is perhaps that of a PgBouncer. */
    public static Map<String, String> environmentOfService() {
        return environment(serviceUrl());
    }

    private static Map<String, String> environment(String url) {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", url,
                "QUARKUS_DATASOURCE_USERNAME", USER,
                "QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    }

    /** The URL of the database. The first call starts the server. */
    static String url() {
        return startOnce(URL, PostgresResource::startServer);
    }

    /** The URL for the service: on a cluster perhaps a worker, and for the packaged application a PgBouncer. */
    private static String serviceUrl() {
        String url = url();
        if (CitusCluster.isThroughWorker()) {
            return CitusCluster.workerUrl();
        }
        return Boolean.getBoolean(POOLED) && PgBouncer.isInstalled()
                ? startOnce(POOLER_URL, () -> PgBouncer.start(url, USER, PASSWORD))
                : url;
    }

    private static String startOnce(String property, Supplier<String> start) {
        synchronized (System.class) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, start.get());
            }
            return System.getProperty(property);
        }
    }

    static String jdbcUrl() {
        return asSuperuser("jdbc:" + url());
    }

    /** The JDBC URL of another database on the server, without a user. */
    static String jdbcUrl(String database) {
        return "jdbc:" + URI.create(url()).resolve("/" + database);
    }

    static String asSuperuser(String jdbcUrl) {
        return jdbcUrl + "?user=" + USER + "&password=" + PASSWORD;
    }

    private static String startServer() {
        if (CitusCluster.isConfigured()) {
            LOG.info("Testing on a Citus cluster");
            return CitusCluster.start();
        }
        LOG.infof("Looking for Docker, for at most %d s", DOCKER_TIMEOUT.toSeconds());
        // Docker waits for a registry that does not answer without an end, and Testcontainers waits for Docker.
        return Uni.createFrom()
                .item(PostgresResource::startContainer)
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .ifNoItem()
                .after(DOCKER_TIMEOUT)
                .recoverWithItem(() -> {
                    LOG.warnf("Docker has started no container within %d s", DOCKER_TIMEOUT.toSeconds());
                    return null;
                })
                .onItem()
                .ifNull()
                .continueWith(PostgresResource::startEmbedded)
                .await()
                .indefinitely();
    }

    private static String startEmbedded() {
        LOG.info("Testing on the embedded PostgreSQL");
        EmbeddedPostgres.Builder builder = EmbeddedPostgresConfig.embeddedPostgres();
        return "postgresql://localhost:%d/postgres"
                .formatted(Unchecked.supplier(builder::start).get().getPort());
    }

    /** Null without Docker. */
    private static String startContainer() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return null;
        }
        LOG.infof("Testing on a container of %s", IMAGE);
        PostgreSQLContainer container =
                new PostgreSQLContainer(IMAGE).withUsername(USER).withPassword(PASSWORD);
        container.start();
        return container.getJdbcUrl().replaceAll("^jdbc:|[?].*", "");
    }
}
