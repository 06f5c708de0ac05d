import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A vendor of the benchmark: it has so many groups, and as many customers in the first of them. */
record Vendor(int size) {

    /** Also its bitkey. */
    String name() {
        return "bench" + size;
    }

    String label() {
        return size % 1_000_000 == 0 ? size / 1_000_000 + "M" : size % 1000 == 0 ? size / 1000 + "k" : "" + size;
    }

    void seed(int connections) throws IOException, InterruptedException {
        psql("seed", "size=" + size, "connections=" + connections);
    }

    /** Gives the bare server a copy. */
    void copyForBareServer() throws IOException, InterruptedException {
        psql("bare");
    }

    /** Takes away what was created, so that what is measured next finds the size that is told. */
    void tidy() throws IOException, InterruptedException {
        psql("tidy");
    }

    /** Takes away the space that the tables and their indexes keep of what is no longer there. */
    void compact() throws IOException, InterruptedException {
        psql("compact");
    }

    /** Makes the names of its groups as long as they may be. */
    void lengthenNames() throws IOException, InterruptedException {
        psql("longest-names");
    }

    private void psql(String script, String... variables) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("psql", "--quiet", "--set=ON_ERROR_STOP=1"));
        command.addAll(List.of("--file=src/bench/sql/" + script + ".sql", "--set=vendor=" + name()));
        List.of(variables).forEach(variable -> command.add("--set=" + variable));
        Shell.run(command);
    }
}
