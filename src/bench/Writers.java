import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures how many groups concurrent clients create in a second, and how many bare SQL creates. */
class Writers {

    /** Created groups per second in one round. */
    private record Round(double service, double database) {}

    static String measure(Load load, Vendor vendor, Settings settings) throws Exception {
        Map<Integer, List<Round>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (int connections = 1; connections <= 32; connections *= 2) {
                System.err.printf("round %d: %d writers%n", round + 1, connections);
                rounds.computeIfAbsent(connections, c -> new ArrayList<>())
                        .add(new Round(
                                load.onService(Workload.create(), vendor, connections, settings.seconds())
                                        .perSecond(),
                                Load.onDatabase(Workload.create(), vendor, connections, settings.seconds())));
            }
        }
        StringBuilder table =
                new StringBuilder("| writers | groups created/s | bare SQL/s | of bare SQL |\n|---|---|---|---|\n");
        rounds.forEach((connections, of) -> table.append("| %d | %,.0f | %,.0f | %.2f |%n"
                .formatted(
                        connections,
                        Median.of(of, Round::service),
                        Median.of(of, Round::database),
                        Median.of(of, r -> r.service() / r.database()))));
        return table.toString();
    }
}
