import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures each call under the load of many connections, and bare SQL under the same load. */
class Calls {

    static final String HEAD = """
            | call | groups | requests/s | p50 | p99 | p99 at half of that | errors | CPU of the service | bare SQL/s | of bare SQL |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    /**
     * The results of one call in one round.
     *
     * @param service the result without pauses
     * @param atHalf the result at half of that load at most
     * @param database transactions per second of bare SQL
     */
    private record Round(Load.Result service, Load.Result atHalf, double database) {

        double ratio() {
            return service.perSecond() / database;
        }
    }

    /** Returns the rows of the table for one vendor. */
    static String measure(Load load, Vendor vendor, Settings settings, List<Workload> workloads) throws Exception {
        Map<Workload, List<Round>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (Workload workload : workloads) {
                System.err.printf("%s groups, round %d: %s%n", vendor.label(), round + 1, workload.label());
                Load.Result peak = load.onService(workload, vendor, settings.connections(), settings.seconds());
                rounds.computeIfAbsent(workload, w -> new ArrayList<>())
                        .add(new Round(
                                peak,
                                load.atHalf(peak, workload, vendor, settings.connections(), settings.seconds()),
                                Load.onDatabase(workload, vendor, settings.connections(), settings.seconds())));
            }
        }
        StringBuilder rows = new StringBuilder();
        rounds.forEach((workload, of) -> rows.append(row(workload, vendor, of)));
        return rows.toString();
    }

    private static String row(Workload workload, Vendor vendor, List<Round> rounds) {
        return "| %s | %s | %,.0f | %.1f ms | %.1f ms | %.1f ms | %d | %.0f µs | %,.0f | %.2f |%n"
                .formatted(
                        workload.label(),
                        vendor.label(),
                        Median.of(rounds, r -> r.service().perSecond()),
                        Median.of(rounds, r -> r.service().p50Millis()),
                        Median.of(rounds, r -> r.service().p99Millis()),
                        Median.of(rounds, r -> r.atHalf().p99Millis()),
                        rounds.stream()
                                .mapToLong(
                                        r -> r.service().errors() + r.atHalf().errors())
                                .sum(),
                        Median.of(rounds, r -> r.service().cpuMicros()),
                        Median.of(rounds, Round::database),
                        Median.of(rounds, Round::ratio));
    }
}
