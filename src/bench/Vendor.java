import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A vendor of the benchmark.
 *
 * @param size the number of its groups, and of the customers in its first group
 */
record Vendor(int size) {

    /** The name of the vendor, which is also its bitkey. */
    String name() {
        return "bench" + size;
    }

    /** The size as the tables show it, such as {@code 100k}. */
    String label() {
        return size % 1_000_000 == 0 ? size / 1_000_000 + "M" : size % 1000 == 0 ? size / 1000 + "k" : "" + size;
    }

    /** Creates the rows of the vendor. */
    void seed(int connections) throws IOException, InterruptedException {
        psql("seed", "size=" + size, "connections=" + connections);
    }

    /** Copies the rows to the tables of the bare server. */
    void copyForBareServer() throws IOException, InterruptedException {
        psql("bare");
    }

    /** Deletes what a measurement created, so that the next measurement finds the original size. */
    void tidy() throws IOException, InterruptedException {
        psql("tidy");
    }

    /** Frees the space that deleted rows take in tables and indexes. */
    void compact() throws IOException, InterruptedException {
        psql("compact");
    }

    private void psql(String script, String... variables) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("psql", "--quiet", "--set=ON_ERROR_STOP=1"));
        command.addAll(List.of("--file=src/bench/sql/" + script + ".sql", "--set=vendor=" + name()));
        List.of(variables).forEach(variable -> command.add("--set=" + variable));
        Shell.run(command);
    }
}
