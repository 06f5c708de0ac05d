import java.io.IOException;

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

    /** Creates the rows of the vendor. */
    void seed(int connections) throws IOException, InterruptedException {
        Shell.psql("seed", "vendor=" + name(), "size=" + size, "connections=" + connections);
    }

    /** Copies the rows to the tables of the bare server. */
    void copyForBareServer() throws IOException, InterruptedException {
        Shell.psql("bare", "vendor=" + name());
    }

    /** Deletes what a measurement created, so that the next measurement finds the original size. */
    void tidy() throws IOException, InterruptedException {
        Shell.psql("tidy", "vendor=" + name());
    }
}
