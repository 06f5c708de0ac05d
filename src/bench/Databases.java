import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the calls of one client on several databases, such as a plain PostgreSQL and a Citus cluster. Each round
 * measures all databases, one after the other.
 */
class Databases {

    private static final int GROUPS = 1000;
    private static final int CALLS = 500;
    private static final int BATCHES = 50;
    private static final int BATCH_SIZE = 100;
    private static final Vendor VENDOR = new Vendor(GROUPS);

    /** Median times of one round in milliseconds. */
    private record Times(double get, double page, double create, double batch, double move) {}

    /**
     * @param databases a label, an equals sign and a URL for each database; after commas, the URL of its replica, which
     *     may be empty, and variables of the service
     */
    public static void main(String[] databases) throws Exception {
        Map<String, List<Times>> times = new LinkedHashMap<>();
        for (int round = 0; round < Settings.number("BENCH_ROUNDS"); round++) {
            for (String database : databases) {
                String[] parts = database.split("=", 2);
                System.err.printf("round %d: %s%n", round + 1, parts[0]);
                times.computeIfAbsent(parts[0], label -> new ArrayList<>()).add(measure(parts[1], round));
            }
        }
        System.out.println(
                "| database | get one group | page of 50 | create a group | add 100 new customers | move 100 |");
        System.out.println("|---|---|---|---|---|---|");
        times.forEach((label, of) -> System.out.printf(
                "| %s | %.2f ms | %.2f ms | %.2f ms | %.1f ms | %.1f ms |%n",
                label,
                Median.of(of, Times::get),
                Median.of(of, Times::page),
                Median.of(of, Times::create),
                Median.of(of, Times::batch),
                Median.of(of, Times::move)));
    }

    private static Times measure(String url, int round) throws Exception {
        String[] urls = url.split(",");
        Map<String, String> settings = new HashMap<>();
        settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", urls[0]);
        settings.put("BACKOFFICE_REPLICA_URL", urls.length > 1 ? urls[1] : "");
        for (String variable : Arrays.asList(urls).subList(Math.min(2, urls.length), urls.length)) {
            settings.put(variable.split("=")[0], variable.split("=")[1]);
        }
        try (Service service = Service.start(System.getenv("BENCH_SERVICE"), List.of(VENDOR), settings)) {
            Client client = new Client(VENDOR, "?limit=1");
            for (int i = 0; i < GROUPS; i++) {
                client.send("POST", "", "{\"name\":\"group-%07d\"}".formatted(i));
            }
            String prefix = "round-" + round + "-" + System.nanoTime() + "-";
            List<Double> get = new ArrayList<>();
            List<Double> page = new ArrayList<>();
            List<Double> create = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                get.add(client.send("GET", "/group-0000001", ""));
                page.add(client.send("GET", "?offset=100", ""));
                create.add(client.send("POST", "", "{\"name\":\"" + prefix + i + "\"}"));
            }
            List<Double> batch = new ArrayList<>();
            List<Double> move = new ArrayList<>();
            for (int i = 0; i < BATCHES; i++) {
                batch.add(client.send(
                        "POST", "/" + prefix + 1 + "/customers", Batches.batch(BATCH_SIZE, prefix + i, "")));
                move.add(client.send(
                        "POST",
                        "/" + prefix + 2 + "/customers",
                        Batches.batch(BATCH_SIZE, prefix + i, ",\"groupName\":\"" + prefix + "1\"")));
            }
            return new Times(Median.of(get), Median.of(page), Median.of(create), Median.of(batch), Median.of(move));
        }
    }
}
