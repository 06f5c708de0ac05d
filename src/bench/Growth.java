import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Measures how the latency of a call grows with the number of groups. Only one client sends calls. */
class Growth {

    private static final String WALK = "walk: all pages of 1000, one after the other";
    private static final int WALK_PAGE = 1000;
    private static final int SECONDS = 1;

    private final List<Vendor> vendors = new ArrayList<>();
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();

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
