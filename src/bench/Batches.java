import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures the time of a batch by its number of customers. Only one client sends calls. */
class Batches {

    private static final int GROUPS = 30;
    private static final String GROUP = "/batch-1/customers";

    /** Times of one batch in milliseconds. */
    private record Times(double create, double remove, double add) {}

    /** Returns the table of median times. */
    static String measure(Vendor vendor) throws Exception {
        Client client = new Client(vendor);
        StringBuilder table =
                new StringBuilder("| customers in a batch | create | remove | add again |\n|---|---|---|---|\n");
        for (int size : List.of(10, 100, 1000)) {
            System.err.printf("batches of %d%n", size);
            List<Times> times = new ArrayList<>();
            for (int i = 0; i < GROUPS; i++) {
                String batch = batch(size, "new-" + i, "");
                times.add(new Times(
                        client.send("POST", GROUP, batch),
                        client.send("DELETE", GROUP, batch),
                        client.send("POST", GROUP, batch)));
            }
            vendor.tidy();
            table.append("| %d | %.1f ms | %.1f ms | %.1f ms |%n"
                    .formatted(
                            size,
                            Median.of(times, Times::create),
                            Median.of(times, Times::remove),
                            Median.of(times, Times::add)));
        }
        return table.toString();
    }

    /**
     * The body with a batch of customers.
     *
     * @param prefix the beginning of their names
     * @param members further members of each entry in JSON, each with a comma in front; empty for none
     */
    static String batch(int size, String prefix, String members) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"name\":\"" + prefix + "-" + i + "\"" + members + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
