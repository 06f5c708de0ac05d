import java.util.List;
import java.util.stream.Stream;

/**
 * Measures throughput, growth with the data, batches and parallel writers.
 *
 * <p>Usage: {@code Throughput SIZE...}, with numbers of groups, smallest first. The variables of a PostgreSQL must be
 * set.
 */
class Throughput {

    private static final int SECONDS_UNTIL_COMPILED = 6;
    private static final int SECONDS_UNTIL_CACHED = 1;

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.ofEnvironment();
        List<Vendor> vendors =
                Stream.of(arguments).map(Integer::valueOf).map(Vendor::new).toList();
        Vendor largest = vendors.get(vendors.size() - 1);
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
            String batches = Batches.measure(largest);
            String writers = Writers.measure(load, largest, settings);
            System.out.print(String.join("\n", calls, growth.table(), batches, writers));
        }
    }

    private static void warmUp(Load load, Vendor vendor, int connections, int seconds) throws Exception {
        System.err.printf("%s groups: warm-up%n", vendor.label());
        for (Workload workload : Workload.all(vendor)) {
            load.onService(workload, vendor, connections, seconds);
        }
    }
}
