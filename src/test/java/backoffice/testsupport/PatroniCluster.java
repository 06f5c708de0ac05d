package backoffice.testsupport;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Three PostgreSQL servers under Patroni with synchronous replication, with etcd, and with HAProxy in front, which
 * leads to the primary. The programs are those of Debian. Each server is in a network namespace of its own, if this
 * process may create them, and else on 127.0.0.1.
 */
public final class PatroniCluster implements AutoCloseable {

    private static final List<String> NODES = List.of("node0", "node1", "node2");
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final Optional<NodeNetwork> network;
    private final String hostAddress;
    private final List<PatroniNode> nodes;
    private final int etcdPort = Ports.free();
    private final int haproxyPort = Ports.free();
    private final List<Process> processes = new ArrayList<>();

    public PatroniCluster() throws IOException {
        directory = Files.createTempDirectory("patroni");
        network = NodeNetwork.create(NODES);
        hostAddress = network.map(NodeNetwork::hostAddress).orElse(LOOPBACK);
        nodes = NODES.stream()
                .map(name -> new PatroniNode(
                        name, network.map(nodes -> nodes.address(name)).orElse(LOOPBACK), Ports.free(), Ports.free()))
                .toList();
    }

    public void start() throws IOException, InterruptedException {
        String etcdUrl = "http://" + hostAddress + ":" + etcdPort;
        start(
                List.of(),
                new InetSocketAddress(hostAddress, etcdPort),
                "etcd",
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + etcdUrl,
                "--advertise-client-urls=" + etcdUrl,
                "--listen-peer-urls=http://127.0.0.1:" + Ports.free());
        for (PatroniNode node : nodes) {
            Path configuration = directory.resolve(node.name() + ".yml");
            Files.writeString(
                    configuration,
                    node.patroni(
                            directory, Programs.ofPostgres("postgres").orElseThrow(), hostAddress + ":" + etcdPort));
            start(
                    on(node),
                    new InetSocketAddress(node.address(), node.restPort()),
                    "patroni",
                    configuration.toString());
        }
        Path haproxy = directory.resolve("haproxy.cfg");
        Files.writeString(haproxy, PatroniNode.haproxy(haproxyPort, nodes));
        start(List.of(), new InetSocketAddress(LOOPBACK, haproxyPort), "haproxy", "-f", haproxy.toString());
        awaitHealthy();
    }

    /**
     * Whether the programs are installed.
     *
     * @throws IllegalStateException when they are not, and {@code REQUIRE_PATRONI} is true, as in CI
     */
    public static boolean isInstalled() {
        boolean installed = Stream.of("patroni", "etcd", "haproxy")
                        .allMatch(program -> Programs.find(program).isPresent())
                && Programs.ofPostgres("postgres").isPresent();
        if (!installed && Boolean.parseBoolean(System.getenv("REQUIRE_PATRONI"))) {
            throw new IllegalStateException("Patroni, etcd, HAProxy or PostgreSQL is not installed");
        }
        return installed;
    }

    /** The URL of the database through HAProxy, which leads to the primary. */
    public String url() {
        return "postgresql://127.0.0.1:" + haproxyPort + "/postgres";
    }

    /** Whether nodes can be cut off. This needs network namespaces. */
    public boolean canCutOff() {
        return network.isPresent();
    }

    /**
     * Kills the PostgreSQL of the primary, and returns when a primary takes changes. Patroni may restart the killed
     * one, if it sees the connections of the standbys end before it sees the end of the server.
     */
    public void killPrimary() throws IOException {
        PatroniNode primary = primary().orElseThrow();
        Path pidFile = directory.resolve(primary.name()).resolve("postmaster.pid");
        Programs.run(List.of("kill", "-KILL", Files.readAllLines(pidFile).get(0)));
        awaitPrimary(nodes);
    }

    /** Makes a standby the primary as planned, and returns when it takes changes. */
    public void switchOver() throws IOException, InterruptedException {
        PatroniNode primary = primary().orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(primary.restUri("/switchover"))
                .POST(BodyPublishers.ofString("{\"leader\":\"" + primary.name() + "\"}"))
                .build();
        http.send(request, BodyHandlers.ofString());
        awaitOtherPrimary(primary);
    }

    /** Cuts the primary off the network, and returns when another one takes changes and the old one takes none. */
    public void cutOffPrimary() throws IOException {
        PatroniNode primary = primary().orElseThrow();
        beginChangeOn(primary);
        network.orElseThrow().cutOff(primary.name());
        awaitOtherPrimary(primary);
        assertThrows(IOException.class, () -> beginChangeOn(primary), "The old primary takes changes");
    }

    /** Ends the effect of {@link #cutOffPrimary}. */
    public void reconnect() throws IOException {
        for (String node : NODES) {
            network.orElseThrow().reconnect(node);
        }
    }

    /** Waits until both standbys follow the primary, one of them as the synchronous standby. */
    public void awaitHealthy() {
        await(() -> primary().filter(PatroniCluster::hasAllStandbys).isPresent() && isOk(nodes, "/synchronous"));
    }

    private static boolean hasAllStandbys(PatroniNode primary) {
        String standbys =
                Sql.text(primary.jdbcUrl(), "select count(*) from pg_stat_replication where state = 'streaming'");
        return Integer.parseInt(standbys) == NODES.size() - 1;
    }

    /** The first value of the first row of a query on the primary, as a number. */
    public long number(String sql) {
        return Long.parseLong(Sql.text(primary().orElseThrow().jdbcUrl(), sql));
    }

    public void execute(String sql) {
        Sql.execute(primary().orElseThrow().jdbcUrl(), sql);
    }

    private void awaitOtherPrimary(PatroniNode before) {
        awaitPrimary(nodes.stream().filter(node -> !node.equals(before)).toList());
    }

    private void awaitPrimary(List<PatroniNode> candidates) {
        await(() -> candidates.stream().anyMatch(node -> isOk(List.of(node), "/primary") && takesChanges(node)));
    }

    /** Commits a change, because a new primary can wait for its synchronous standby. */
    private static boolean takesChanges(PatroniNode node) {
        try {
            Sql.text(node.jdbcUrl(), "select pg_logical_emit_message(true, 'test', 'change')");
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    /** Runs on the node itself, which may be cut off. A standby and a server that shuts down refuse it. */
    private void beginChangeOn(PatroniNode node) throws IOException {
        List<String> command = new ArrayList<>(on(node));
        command.add(
                Programs.ofPostgres("postgres").orElseThrow().resolve("psql").toString());
        command.addAll(List.of("-h", node.address(), "-p", String.valueOf(node.port()), "-U", "postgres"));
        command.addAll(List.of("-c", "select pg_current_xact_id()"));
        Programs.run(command);
    }

    private List<String> on(PatroniNode node) {
        return network.map(nodes -> nodes.on(node.name())).orElse(List.of());
    }

    private Optional<PatroniNode> primary() {
        return nodes.stream().filter(node -> isOk(List.of(node), "/primary")).findFirst();
    }

    private boolean isOk(List<PatroniNode> any, String path) {
        return any.stream().anyMatch(node -> {
            try {
                HttpRequest request = HttpRequest.newBuilder(node.restUri(path))
                        .timeout(TIME_TO_ANSWER)
                        .build();
                return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notReachable) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void await(BooleanSupplier condition) {
        Await.until(TIMEOUT, condition, () -> "The cluster does not get ready within " + TIMEOUT);
    }

    /** PostgreSQL does not run as root. */
    private void start(List<String> prefix, InetSocketAddress address, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        if (System.getProperty("user.name").equals("root")) {
            Programs.run(List.of("chown", "-R", "postgres", directory.toString()));
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(Programs.find(program).orElseThrow().toString());
        command.addAll(List.of(arguments));
        Path log = Path.of("target", "patroni-" + program + "-" + processes.size() + ".log");
        processes.add(Programs.start(command, log, address));
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).descendants().forEach(ProcessHandle::destroy);
            processes.get(i).destroy();
        }
        processes.forEach(process -> process.onExit().join());
        network.ifPresent(NodeNetwork::close);
    }
}
