import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A call that is measured under load.
 *
 * @param label the name of the call in the tables
 * @param script the name of the call in {@code calls.lua}
 * @param offset the offset of its page
 * @param limit the number of items of its page
 */
record Workload(String label, String script, int offset, int limit) {

    private static final int PAGE = 50;

    static Workload getOne() {
        return new Workload("get one group", "get-one", 0, 0);
    }

    private static List<Workload> reads(Vendor vendor) {
        return List.of(
                getOne(),
                new Workload("first page of 50", "page", 0, PAGE),
                new Workload("page of 1000", "page", 0, 1000),
                new Workload("page of 50 at the far end", "page", vendor.size() - PAGE, PAGE),
                new Workload("search by prefix, 100 found", "search-prefix", 0, PAGE),
                new Workload("first 50 customers of a group", "customers", 0, PAGE));
    }

    private static List<Workload> changes() {
        return List.of(
                new Workload("create a group", "create", 0, 0),
                new Workload("create one that exists", "create-existing", 0, 0),
                new Workload("add or remove 100 customers", "add-remove", 0, 0));
    }

    static List<Workload> all(Vendor vendor) {
        return Stream.concat(reads(vendor).stream(), changes().stream()).toList();
    }

    /** Whether the call leaves rows in the tables, live or dead. */
    boolean leavesRows() {
        return script.equals("create") || alternates();
    }

    /** Whether each connection alternates between two calls, each of which undoes the other. */
    boolean alternates() {
        return script.equals("add-remove");
    }

    /** The variables of {@code calls.lua}, as {@code NAME=VALUE}. */
    List<String> variables(Vendor vendor) {
        Map<String, Object> values = Map.of(
                "vendor",
                vendor.name(),
                "size",
                vendor.size(),
                "offset",
                offset,
                "limit",
                limit,
                "run",
                System.nanoTime());
        List<String> variables = new ArrayList<>();
        values.forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }
}
