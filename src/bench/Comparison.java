import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compares servers under the same load: requests per second, processor time, and the warm-up of each. The first server
 * is the baseline. In each round, the servers are measured one after the other.
 *
 * <p>Usage: {@code Comparison GROUPS 'NAME|COMMAND'...}. The variables of a PostgreSQL must be set.
 */
class Comparison {

    /** The number of windows in which the warm-up is measured. */
    private static final int WINDOWS = 8;

    private static final int WINDOW_SECONDS = 5;

    private record Server(String name, String command) {

        static Server of(String argument) {
            String[] parts = argument.split("\\|");
            return new Server(parts[0], parts[1]);
        }
    }

    private final Vendor vendor;
    private final Settings settings;
    private final List<Server> servers;
    private final Map<Server, Map<Workload, List<Load.Result>>> results = new LinkedHashMap<>();
    private final Map<Server, List<List<Double>>> warmUps = new LinkedHashMap<>();

    private Comparison(Vendor vendor, Settings settings, List<Server> servers) {
        this.vendor = vendor;
        this.settings = settings;
        this.servers = servers;
    }

    public static void main(String[] arguments) throws Exception {
        Vendor vendor = new Vendor(Integer.parseInt(arguments[0]));
        Service.start(List.of(vendor.name())).close();
        Settings settings = Settings.ofEnvironment();
        vendor.seed(settings.connections());
        vendor.copyForBareServer();
        Comparison comparison = new Comparison(
                vendor,
                settings,
                Arrays.stream(arguments).skip(1).map(Server::of).toList());
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Server server : comparison.servers) {
                System.err.printf("round %d: %s%n", round, server.name());
                comparison.measure(server);
            }
        }
        System.out.print(comparison.calls() + "\n" + comparison.warmUp());
    }

    private void measure(Server server) throws Exception {
        try (Service service = Service.start(server.command(), List.of(vendor.name()))) {
            Load load = new Load(service);
            warmUps.computeIfAbsent(server, s -> new ArrayList<>()).add(warmUp(load));
            for (Workload workload : Workload.all(vendor)) {
                load.onService(workload, vendor, settings.connections(), WINDOW_SECONDS);
            }
            for (Workload workload : Workload.all(vendor)) {
                results.computeIfAbsent(server, s -> new LinkedHashMap<>())
                        .computeIfAbsent(workload, w -> new ArrayList<>())
                        .add(load.onService(workload, vendor, settings.connections(), settings.seconds()));
            }
        }
    }

    /** Returns the requests per second in each window after the start. */
    private List<Double> warmUp(Load load) throws Exception {
        List<Double> windows = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            windows.add(load.onService(Workload.getOne(), vendor, settings.connections(), WINDOW_SECONDS)
                    .perSecond());
        }
        return windows;
    }

    private String calls() {
        StringBuilder table = new StringBuilder("""
                | call | server | requests/s | × baseline | p50 | p99 | errors | CPU | × baseline |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (Workload workload : Workload.all(vendor)) {
            List<Load.Result> baseline = results.get(servers.get(0)).get(workload);
            for (Server server : servers) {
                table.append(row(workload, server, results.get(server).get(workload), baseline));
            }
        }
        return table.toString();
    }

    /** Computes ratios within each round, since the speed of the machine changes between rounds. */
    private String row(Workload workload, Server server, List<Load.Result> of, List<Load.Result> baseline) {
        List<Integer> rounds = IntStream.range(0, of.size()).boxed().toList();
        return "| %s | %s | %,.0f | %.2f | %.1f ms | %.1f ms | %d | %.0f µs | %.1f |%n"
                .formatted(
                        workload.label(),
                        server.name(),
                        Median.of(of, Load.Result::perSecond),
                        Median.of(
                                rounds,
                                r -> of.get(r).perSecond() / baseline.get(r).perSecond()),
                        Median.of(of, Load.Result::p50Millis),
                        Median.of(of, Load.Result::p99Millis),
                        of.stream().mapToLong(Load.Result::errors).sum(),
                        Median.of(of, Load.Result::cpuMicros),
                        Median.of(
                                rounds,
                                r -> of.get(r).cpuMicros() / baseline.get(r).cpuMicros()));
    }

    private String warmUp() {
        String head = IntStream.range(0, WINDOWS)
                .mapToObj(i -> " %d…%d s |".formatted(i * WINDOW_SECONDS, (i + 1) * WINDOW_SECONDS))
                .collect(Collectors.joining());
        StringBuilder table =
                new StringBuilder("| get one group, requests/s |" + head + "\n|---|" + "---|".repeat(WINDOWS) + "\n");
        for (Server server : servers) {
            table.append("| ").append(server.name()).append(" |");
            for (int i = 0; i < WINDOWS; i++) {
                int window = i;
                table.append(" %,.0f |".formatted(Median.of(warmUps.get(server), windows -> windows.get(window))));
            }
            table.append("\n");
        }
        return table.toString();
    }
}
