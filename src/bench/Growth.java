import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the calls under load for each number of groups, and how the latency of a call grows with that number. Only one
 * client sends the calls of the second table.
 *
 * <p>Usage: {@code Growth SIZE...}, with numbers of groups, smallest first. The variables of a PostgreSQL must be set.
 */
class Growth {

    private static final int SECONDS_UNTIL_COMPILED = 6;
    private static final int SECONDS_UNTIL_CACHED = 1;

    private static final String WALK = "walk: all pages of 1000, one after the other";
    private static final int WALK_PAGE = 1000;
    private static final int SECONDS = 1;

    private final List<Vendor> vendors = new ArrayList<>();
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.ofEnvironment();
        List<Vendor> vendors =
                Stream.of(arguments).map(Integer::valueOf).map(Vendor::new).toList();
        try (Service service = Service.start(vendors)) {
            Load load = new Load(service);
            StringBuilder calls = new StringBuilder(Calls.HEAD);
            Growth growth = new Growth();
            int warmUp = SECONDS_UNTIL_COMPILED;
            for (Vendor vendor : vendors) {
                vendor.seed(settings.connections());
                warmUp(load, vendor, settings.connections(), warmUp);
                warmUp = SECONDS_UNTIL_CACHED;
                vendor.compact();
                // Changes come last: indexes keep the space of deleted rows, and plans of small tables depend on it.
                calls.append(Calls.measure(load, vendor, settings, Workload.reads(vendor)));
                growth.measure(load, vendor, settings.rounds());
                calls.append(Calls.measure(load, vendor, settings, Workload.changes()));
            }
            System.out.print(calls + "\n" + growth.table());
        }
    }

    private static void warmUp(Load load, Vendor vendor, int connections, int seconds) throws Exception {
        System.err.printf("%s groups: warm-up%n", vendor.label());
        for (Workload workload : Workload.all(vendor)) {
            load.onService(workload, vendor, connections, seconds);
        }
    }

    /** Adds a column for a vendor to the table. */
    void measure(Load load, Vendor vendor, int rounds) throws Exception {
        vendors.add(vendor);
        Map<String, List<Double>> medians = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            System.err.printf("%s groups, round %d: one connection%n", vendor.label(), round + 1);
            for (Workload workload : reads(vendor)) {
                medians.computeIfAbsent(workload.label(), l -> new ArrayList<>())
                        .add(load.onService(workload, vendor, 1, SECONDS).p50Millis());
            }
        }
        medians.forEach((call, values) -> add(call, Median.of(values)));
        add(WALK, walk(vendor));
        List<Double> creations = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            creations.add(load.onService(Workload.create(), vendor, 1, SECONDS).p50Millis());
        }
        add(Workload.create().label(), Median.of(creations));
    }

    private static List<Workload> reads(Vendor vendor) {
        return List.of(
                Workload.getOne(),
                Workload.firstPage(),
                Workload.farPage(vendor),
                Workload.firstCustomers(),
                Workload.farCustomers(vendor));
    }

    private void add(String call, double value) {
        millis.computeIfAbsent(call, c -> new ArrayList<>()).add(value);
    }

    /** Returns the sum of the latencies of all pages in milliseconds. */
    private static double walk(Vendor vendor) throws Exception {
        System.err.printf("%s groups: walk%n", vendor.label());
        Client client = new Client(vendor);
        double sum = 0;
        for (int offset = 0; offset < vendor.size(); offset += WALK_PAGE) {
            sum += client.send("GET", "?offset=" + offset + "&limit=" + WALK_PAGE, "");
        }
        return sum;
    }

    String table() {
        String sizes = vendors.stream().map(v -> " " + v.label() + " groups |").collect(Collectors.joining());
        StringBuilder table =
                new StringBuilder("| one client |" + sizes + "\n|---|" + "---|".repeat(vendors.size()) + "\n");
        millis.forEach((call, of) -> table.append("| " + call + " |")
                .append(of.stream()
                        .map(value -> " %.2f ms, × %.1f |".formatted(value, value / of.get(0)))
                        .collect(Collectors.joining()))
                .append("\n"));
        return table.toString();
    }
}
