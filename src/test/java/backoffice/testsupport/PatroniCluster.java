package backoffice.testsupport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three PostgreSQL servers under Patroni with synchronous replication, with etcd, and with HAProxy in front, which leads
 * to the primary. The programs are those of Debian.
 */
public final class PatroniCluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final Duration TIME_TO_START = Duration.ofSeconds(90);
    private static final Duration TIME_TO_FAIL_OVER = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final List<Node> nodes;
    private final int etcdPort = Ports.free();
    private final int haproxyPort = Ports.free();
    private final List<Process> processes = new ArrayList<>();

    /** The ports of a node: of PostgreSQL, and of Patroni's REST API. */
    private record Node(String name, int port, int restPort) {}

    /** Starts the cluster. Returns when a primary and a synchronous standby are there. */
    public PatroniCluster() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("patroni");
        nodes = IntStream.range(0, NODES)
                .mapToObj(i -> new Node("node" + i, Ports.free(), Ports.free()))
                .toList();
        start(
                "etcd",
                etcdPort,
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=http://127.0.0.1:" + etcdPort,
                "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
                "--listen-peer-urls=http://127.0.0.1:" + Ports.free());
        for (Node node : nodes) {
            Path configuration = directory.resolve(node.name() + ".yml");
            Files.writeString(configuration, configuration(node));
            start("patroni", node.restPort(), configuration.toString());
        }
        Path haproxy = directory.resolve("haproxy.cfg");
        Files.writeString(haproxy, haproxy());
        start("haproxy", haproxyPort, "-f", haproxy.toString());
        try {
            await(TIME_TO_START, () -> primary().isPresent() && isOk(nodes, "/synchronous"));
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /**
     * Whether the programs are installed.
     *
     * @throws IllegalStateException when they are not, and {@code REQUIRE_PATRONI} is true, as in CI
     */
    public static boolean isInstalled() {
        boolean installed = Stream.of("patroni", "etcd", "haproxy")
                        .allMatch(program -> Programs.find(program).isPresent())
                && binaries().isPresent();
        if (!installed && Boolean.parseBoolean(System.getenv("REQUIRE_PATRONI"))) {
            throw new IllegalStateException("Patroni, etcd, HAProxy or PostgreSQL is not installed");
        }
        return installed;
    }

    /** The URL of the database through HAProxy, which leads to the primary. */
    public String url() {
        return "postgresql://127.0.0.1:" + haproxyPort + "/postgres";
    }

    /** Kills the PostgreSQL of the primary, and returns when another one takes changes. */
    public void killPrimary() throws IOException, InterruptedException {
        Node primary = primary().orElseThrow();
        Path pidFile = directory.resolve(primary.name()).resolve("postmaster.pid");
        String pid = Files.readAllLines(pidFile).get(0);
        new ProcessBuilder("kill", "-KILL", pid).inheritIO().start().waitFor();
        awaitOtherPrimary(primary);
    }

    /** Makes a standby the primary as planned, and returns when it takes changes. */
    public void switchOver() throws IOException, InterruptedException {
        Node primary = primary().orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + primary.restPort() + "/switchover"))
                .POST(BodyPublishers.ofString("{\"leader\":\"" + primary.name() + "\"}"))
                .build();
        http.send(request, BodyHandlers.ofString());
        awaitOtherPrimary(primary);
    }

    /** Waits until all nodes run, one of them as a synchronous standby. */
    public void awaitHealthy() {
        await(
                TIME_TO_FAIL_OVER,
                () -> nodes.stream().allMatch(node -> isOk(List.of(node), "/health")) && isOk(nodes, "/synchronous"));
    }

    /** The first value of the first row of a query on the primary, as a number. */
    public long number(String sql) {
        return Long.parseLong(Sql.text(jdbcUrl(primary().orElseThrow()), sql));
    }

    private void awaitOtherPrimary(Node before) {
        await(
                TIME_TO_FAIL_OVER,
                () -> primary()
                        .filter(node -> !node.equals(before) && takesChanges(node))
                        .isPresent());
    }

    private static boolean takesChanges(Node node) {
        try {
            return Sql.text(jdbcUrl(node), "select pg_is_in_recovery()").equals("f");
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private static String jdbcUrl(Node node) {
        return "jdbc:postgresql://127.0.0.1:" + node.port() + "/postgres?user=postgres";
    }

    private Optional<Node> primary() {
        return nodes.stream().filter(node -> isOk(List.of(node), "/primary")).findFirst();
    }

    private boolean isOk(List<Node> any, String path) {
        return any.stream().anyMatch(node -> {
            try {
                URI uri = URI.create("http://127.0.0.1:" + node.restPort() + path);
                return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException notReachable) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void await(Duration timeout, BooleanSupplier condition) {
        Await.until(timeout, condition, () -> "The cluster does not get ready within " + timeout);
    }

    /** PostgreSQL does not run as root. */
    private void start(String program, int port, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            new ProcessBuilder("chown", "-R", "postgres", directory.toString())
                    .start()
                    .waitFor();
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(Programs.find(program).orElseThrow().toString());
        command.addAll(List.of(arguments));
        Path log = Path.of("target", "patroni-" + program + "-" + processes.size() + ".log");
        processes.add(Programs.start(command, log, port));
    }

    private static Optional<Path> binaries() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.naturalOrder());
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    private String configuration(Node node) {
        return """
                scope: customer-groups
                name: %1$s
                restapi: {listen: '127.0.0.1:%3$d', connect_address: '127.0.0.1:%3$d'}
                etcd3: {host: '127.0.0.1:%4$d'}
                bootstrap:
                  dcs:
                    ttl: 20
                    loop_wait: 1
                    retry_timeout: 3
                    primary_start_timeout: 0
                    synchronous_mode: true
                    postgresql:
                      use_pg_rewind: true
                      pg_hba: ['local all all trust', 'host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust']
                  initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
                postgresql:
                  listen: '127.0.0.1:%2$d'
                  connect_address: '127.0.0.1:%2$d'
                  data_dir: %5$s/%1$s
                  bin_dir: %6$s
                  pgpass: %5$s/%1$s.pgpass
                  parameters: {unix_socket_directories: '%5$s'}
                  authentication:
                    superuser: {username: postgres, password: postgres}
                    replication: {username: replicator, password: replicator}
                """.formatted(
                        node.name(),
                        node.port(),
                        node.restPort(),
                        etcdPort,
                        directory,
                        binaries().orElseThrow());
    }

    private String haproxy() {
        return """
                defaults
                  mode tcp
                  timeout connect 1s
                  timeout check 1s
                  timeout client 30m
                  timeout server 30m
                listen primary
                  bind 127.0.0.1:%d
                  option httpchk OPTIONS /primary
                  http-check expect status 200
                  default-server inter 200ms fall 1 rise 1 on-marked-down shutdown-sessions
                """.formatted(haproxyPort)
                + nodes.stream()
                        .map(node -> "  server %s 127.0.0.1:%d check port %d%n"
                                .formatted(node.name(), node.port(), node.restPort()))
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).descendants().forEach(ProcessHandle::destroy);
            processes.get(i).destroy();
        }
        processes.forEach(process -> process.onExit().join());
    }
}
