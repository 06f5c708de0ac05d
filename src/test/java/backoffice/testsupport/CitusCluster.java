package backoffice.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** docs/maintaining/testing.md: a Citus cluster. The tests themselves always connect to the coordinator. */
public final class CitusCluster {

    private static final String PROPERTY = "backoffice.test.citus";
    private static final String DOCKER = "docker";
    private static final String IMAGE = "citusdata/citus:13.2.0";
    private static final String WORKER =
            "select nodename || ':' || nodeport from pg_dist_node where groupid > 0 order by nodeid limit 1 offset %d";
    private static final int THROUGH_WORKER = Integer.getInteger("backoffice.test.citus.through-worker", 0);

    /** A system property, because the test class loaders of Quarkus do not share static fields. */
    private static final String WORKER_URL = "backoffice.test.citus.worker.url";

    private CitusCluster() {}

    public static boolean isConfigured() {
        return System.getProperty(PROPERTY) != null;
    }

    public static boolean isThroughWorker() {
        return isConfigured() && THROUGH_WORKER > 0;
    }

    /** Creates the distributed tables and returns the URL of the database on the coordinator. */
    static String start() {
        String coordinator;
        if (System.getProperty(PROPERTY).equals(DOCKER)) {
            List<PostgreSQLContainer> nodes = startContainers();
            coordinator = url(address(nodes.get(0)));
            System.setProperty(WORKER_URL, url(address(nodes.get(Math.max(1, THROUGH_WORKER)))));
        } else {
            coordinator = url(System.getProperty(PROPERTY));
            System.setProperty(
                    WORKER_URL, url(Sql.text(jdbcUrl(coordinator), WORKER.formatted(Math.max(0, THROUGH_WORKER - 1)))));
        }
        createTables(jdbcUrl(coordinator));
        return coordinator;
    }

    static String workerUrl() {
        return System.getProperty(WORKER_URL);
    }

    /** A query that executes a statement on each node and returns its result there. */
    static String onEachNode(String sql) {
        return "select nullif(result, '') from run_command_on_all_nodes($node$" + sql + "$node$)";
    }

    /** The number of shards that each part of a statement without parameters is sent to. */
    public static List<Integer> tasks(String statement) {
        return tasksOf(PlanRecorder.parse(Sql.text("explain (format json) " + statement)));
    }

    /** The same for a statement with parameters, of which the first is the vendor. */
    public static List<Integer> tasksOfPrepared(String statement) {
        return tasksOf(PlanRecorder.planOfPrepared(PostgresResource.jdbcUrl(), statement));
    }

    private static List<Integer> tasksOf(JsonNode plan) {
        return plan.findValues("Task Count").stream().map(JsonNode::asInt).toList();
    }

    private static void createTables(String jdbcUrl) {
        Flyway flyway = Flyway.configure()
                .dataSource(jdbcUrl, null, null)
                .cleanDisabled(false)
                .load();
        flyway.clean();
        flyway.migrate();
        Sql.execute(jdbcUrl, distribution());
    }

    public static String distribution() {
        return RepositoryFiles.text(Path.of("deploy/citus/distribute.sql"));
    }

    private static List<PostgreSQLContainer> startContainers() {
        Network network = Network.newNetwork();
        List<PostgreSQLContainer> nodes = Stream.of("coordinator", "worker1", "worker2")
                .map(name -> container(network, name))
                .toList();
        Startables.deepStart(nodes).join();
        Sql.execute(jdbcUrl(url(address(nodes.get(0)))), """
                select citus_set_coordinator_host('coordinator', %1$d);
                select citus_add_node('worker1', %1$d);
                select citus_add_node('worker2', %1$d)
                """.formatted(PostgreSQLContainer.POSTGRESQL_PORT));
        return nodes;
    }

    /** The image creates the extension in the database. The nodes connect to each other without a password. */
    private static PostgreSQLContainer container(Network network, String name) {
        return new PostgreSQLContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"))
                .withDatabaseName("postgres")
                .withUsername("postgres")
                .withPassword("postgres")
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                .withNetwork(network)
                .withNetworkAliases(name)
                .withCommand("postgres -c fsync=off -c max_connections=300 -c wal_level=logical"
                        + " -c citus.enable_unsafe_triggers=on");
    }

    private static String address(PostgreSQLContainer node) {
        return node.getHost() + ":" + node.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
    }

    private static String url(String address) {
        return "postgresql://" + address + "/postgres";
    }

    private static String jdbcUrl(String url) {
        return PostgresResource.asSuperuser("jdbc:" + url);
    }
}
