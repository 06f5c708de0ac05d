import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures how the latencies of calls grow with the number of customers: first of one client alone, then beside a client
 * that changes the lists.
 *
 * <p>Usage: {@code Growth SIZE...}, smallest first, where a size is {@code CUSTOMERS} or {@code CUSTOMERS/GROUPS}. The
 * variables of a PostgreSQL must be set.
 */
class Growth {

    /** The path of the members of the first group, which has more of them than the others. */
    static final String FIRST_GROUP = "/customer_groups/group%20000001/customers";

    private static final int CUSTOMERS_IN_GROUP = 500;
    private static final int WARM_UP_CALLS = 20;
    private static final int CALLS = 60;
    private static final int FIRST_CALLS = 20;
    private static final int FAR_PAGES = 40;
    private static final int WALK_PAGE = 1000;
    private static final int WALK_PAGES = 100;

    /** A vendor with a number of customers. */
    record Size(int customers, int groups) {

        static Size of(String argument) {
            String[] parts = argument.split("/");
            int customers = Integer.parseInt(parts[0]);
            return new Size(customers, parts.length > 1 ? Integer.parseInt(parts[1]) : customers / CUSTOMERS_IN_GROUP);
        }

        /** The name of the vendor, which is also its bitkey. */
        String name() {
            return "growth" + customers + "in" + groups;
        }

        /** The size as the tables show it, such as {@code 100,000 / 200}. */
        String label() {
            return "%,d / %,d".formatted(customers, groups);
        }

        /** The number of members of the first group, at least. */
        int members() {
            return customers / 20;
        }
    }

    private final List<Size> sizes;
    private final Map<Size, List<Client>> allClients = new HashMap<>();
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    private Growth(List<Size> sizes) {
        this.sizes = sizes;
    }

    public static void main(String[] arguments) throws Exception {
        List<Size> sizes = Stream.of(arguments).map(Size::of).toList();
        List<String> vendors = sizes.stream().map(Size::name).toList();
        System.err.println("tables");
        Service.start(vendors).close();
        for (Size size : sizes) {
            System.err.printf("%s: rows%n", size.label());
            Shell.psql("growth", "vendor=" + size.name(), "size=" + size.customers(), "groups=" + size.groups());
        }
        Growth growth = new Growth(sizes);
        for (Size size : sizes) {
            try (Service service = Service.start(vendors)) {
                growth.measureFirstCalls(size);
            }
        }
        try (Service service = Service.start(vendors)) {
            String calls = growth.measureCalls();
            for (Size size : sizes) {
                growth.measureBesideChanges(size);
            }
            System.out.print(calls + "\n" + growth.table());
        }
    }

    /** Measures the first call of a new service, and then calls at once, most of which open a connection to PostgreSQL. */
    private void measureFirstCalls(Size size) throws Exception {
        System.err.printf("%s: first calls%n", size.label());
        Client.Call firstPage = Client.Call.get("/customers?limit=50");
        List<Client> clients =
                Stream.generate(() -> client(size)).limit(FIRST_CALLS).toList();
        add("first call of a new service", "%.0f ms".formatted(clients.get(0).send(firstPage)));
        ExecutorService executor = Executors.newFixedThreadPool(FIRST_CALLS);
        List<Double> millis = new ArrayList<>();
        for (Future<Double> call : executor.invokeAll(clients.stream()
                .map(client -> (Callable<Double>) () -> client.send(firstPage))
                .toList())) {
            millis.add(call.get());
        }
        executor.shutdown();
        add("then %d at once: p50 / max".formatted(FIRST_CALLS), p50AndMax(millis));
    }

    /** Returns the table of the calls. The sizes take turns, so that they meet the same speed of the machine. */
    private String measureCalls() throws Exception {
        List<Client> clients = sizes.stream().map(this::client).toList();
        System.err.println("calls: warm-up");
        for (Calls.Maker call : Calls.all().values()) {
            measure(call, clients, 0, WARM_UP_CALLS);
        }
        StringBuilder table = new StringBuilder(head("one client: p50 / p99", "× p50"));
        for (Map.Entry<String, Calls.Maker> call : Calls.all().entrySet()) {
            System.err.printf("calls: %s%n", call.getKey());
            List<List<Double>> millis = measure(call.getValue(), clients, WARM_UP_CALLS, CALLS);
            double growth = Median.of(millis.get(sizes.size() - 1)) / Median.of(millis.get(0));
            table.append(
                    row(call.getKey(), millis.stream().map(Growth::p50AndP99).toList(), "%.1f".formatted(growth)));
        }
        return table.toString();
    }

    /** Returns the latencies of a call for each size. */
    private List<List<Double>> measure(Calls.Maker call, List<Client> clients, int first, int count) throws Exception {
        List<List<Double>> millis = Stream.generate(() -> (List<Double>) new ArrayList<Double>())
                .limit(sizes.size())
                .toList();
        for (int number = first; number < first + count; number++) {
            for (int i = 0; i < sizes.size(); i++) {
                millis.get(i).add(clients.get(i).send(call.make(sizes.get(i), number)));
            }
        }
        return millis;
    }

    /** Measures far pages, a walk and an export while another client changes the lists. */
    private void measureBesideChanges(Size size) throws Exception {
        Client reader = client(size);
        try (Changes changes = new Changes(client(size))) {
            for (int limit : List.of(50, 1000)) {
                measureFarPages(size, reader, "customers", "/customers", size.customers(), limit);
                measureFarPages(size, reader, "members of a group", FIRST_GROUP, size.members(), limit);
            }
            int pages = size.customers() / WALK_PAGE;
            int part = Math.min(WALK_PAGES, pages / 2);
            System.err.printf("%s: walk%n", size.label());
            add("walk by 1000: first pages", walk(reader, 0, part));
            add("walk by 1000: last pages", walk(reader, pages - part, pages));
            if (!"false".equals(System.getenv("BENCH_EXPORT"))) {
                System.err.printf("%s: export%n", size.label());
                add("`export`", "%,.0f rows/s".formatted(export(size)));
            }
        }
        int calls = allClients.get(size).stream().mapToInt(Client::calls).sum();
        int failures = allClients.get(size).stream().mapToInt(Client::failures).sum();
        add("failed calls", "%d of %,d".formatted(failures, calls));
    }

    private void measureFarPages(Size size, Client client, String items, String path, int total, int limit)
            throws Exception {
        System.err.printf("%s: far pages of %d %s%n", size.label(), limit, items);
        Random random = new Random(limit);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < FAR_PAGES; i++) {
            millis.add(client.send(page(path, random.nextInt(total), limit)));
        }
        add("far pages of %d %s: p50 / max".formatted(limit, items), p50AndMax(millis));
    }

    private static String walk(Client client, int from, int to) throws Exception {
        double millis = 0;
        for (int page = from; page < to; page++) {
            millis += client.send(page("/customers", page * WALK_PAGE, WALK_PAGE));
        }
        return "%d in %.2f s".formatted(to - from, millis / 1000);
    }

    private static Client.Call page(String path, int offset, int limit) {
        return Client.Call.get(path + "?offset=" + offset + "&limit=" + limit);
    }

    /** Returns the lines that the command of the service writes in a second, from its start to its end. */
    private static double export(Size size) throws IOException, InterruptedException {
        Path file = Path.of("target", "growth.jsonl");
        ProcessBuilder builder = new ProcessBuilder(
                        (System.getenv("BENCH_SERVICE") + " export --from " + Service.URL).split(" "))
                .redirectOutput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SOURCE_BITKEY", size.name());
        long start = System.nanoTime();
        int exitCode = builder.start().waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        try (Stream<String> lines = Files.lines(file)) {
            long count = lines.count();
            if (exitCode != 0 || count < size.customers() + 2 * size.groups()) {
                throw new IllegalStateException("The export ended with " + exitCode + " after " + count + " lines");
            }
            return count / seconds;
        } finally {
            Files.delete(file);
        }
    }

    private static double max(List<Double> millis) {
        return millis.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
    }

    private static String p50AndMax(List<Double> millis) {
        return "%.1f / %.1f ms".formatted(Median.of(millis), max(millis));
    }

    private static String p50AndP99(List<Double> millis) {
        double p99 = millis.stream().sorted().toList().get((int) (millis.size() * 0.99));
        return "%.1f / %.1f ms".formatted(Median.of(millis), p99);
    }

    /** Returns a new client, whose failures count. */
    private Client client(Size size) {
        Client client = new Client(size.name());
        allClients.computeIfAbsent(size, s -> new ArrayList<>()).add(client);
        return client;
    }

    /** Adds the cell of the next size to a row. */
    private void add(String label, String cell) {
        rows.computeIfAbsent(label, l -> new ArrayList<>()).add(cell);
    }

    private String table() {
        StringBuilder table = new StringBuilder(head("new services, and beside changes"));
        rows.forEach((label, cells) -> table.append(row(label, cells)));
        return table.toString();
    }

    private String head(String label, String... more) {
        List<String> columns = sizes.stream().map(Size::label).toList();
        return row(label, columns, more) + "|---|" + "---|".repeat(columns.size() + more.length) + "\n";
    }

    private static String row(String label, List<String> cells, String... more) {
        return Stream.concat(Stream.concat(Stream.of(label), cells.stream()), Stream.of(more))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
