import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The calls whose growth is measured. They find the rows of {@code sql/growth.sql}. */
class Calls {

    /** Makes the call of the given number. Calls of different numbers look for different rows. */
    interface Maker {
        Client.Call make(Growth.Size size, int number);
    }

    /** The step between the rows that successive calls look for; it is prime. */
    private static final int STEP = 1_299_709;

    /** The calls by their names in the table. */
    static Map<String, Maker> all() {
        Map<String, Maker> calls = new LinkedHashMap<>();
        calls.put("first page of 50", (size, n) -> Client.Call.get("/customers?limit=50"));
        calls.put("first page of 1000", (size, n) -> Client.Call.get("/customers?limit=1000"));
        calls.put("prefix of 10 names", (size, n) -> search(query("name", "like", prefix(size, n, 10))));
        calls.put("prefix of 100 names", (size, n) -> search(query("name", "like", prefix(size, n, 100))));
        calls.put("100 names with `between`", (size, n) -> {
            int first = row(size, n, 100) * 100;
            return search(query("name", "between", name(first), name(first + 99)));
        });
        calls.put("one name", (size, n) -> search(query("name", "=", name(row(size, n, 1)))));
        calls.put("100 names with `in`", (size, n) -> search(query("name", "in", names(size, n))));
        calls.put("a name that each group has", (size, n) -> search(query("name", "=", nameOfEachGroup(size))));
        calls.put("a page that begins with that name", (size, n) -> search(query("name", ">=", nameOfEachGroup(size))));
        calls.put(
                "one `referenceId`",
                (size, n) -> search(query("referenceId", "=", "R%08d".formatted(row(size, n, 1)))));
        calls.put("one group", (size, n) -> search(query("groupName", "=", group(size, n))));
        calls.put(
                "prefix of 100 names, not in one group",
                (size, n) ->
                        search(query("groupName", "!=", group(size, n)), query("name", "like", prefix(size, n, 100))));
        calls.put(
                "prefix of 1000 names, in 10 groups",
                (size, n) -> search(
                        query("groupName", "like", "group 00001%"), query("name", "like", prefix(size, n, 1000))));
        calls.put("sorted by `name`, descending", (size, n) -> sort("name", "desc"));
        calls.put("sorted by `groupName`", (size, n) -> sort("groupName", "asc"));
        calls.put("sorted by `groupName`, descending", (size, n) -> sort("groupName", "desc"));
        calls.put("sorted by `regDate`", (size, n) -> sort("regDate", "asc"));
        calls.put("sorted by `regDate`, descending", (size, n) -> sort("regDate", "desc"));
        return calls;
    }

    /** A different number for each call, from 0 up to the number of customers divided by {@code divisor}. */
    private static int row(Growth.Size size, int number, int divisor) {
        return number * STEP % (size.customers() / divisor);
    }

    private static String name(int number) {
        return "Customer %08d".formatted(number);
    }

    private static String nameOfEachGroup(Growth.Size size) {
        return name(size.customers() / 2) + " of each group";
    }

    private static String[] names(Growth.Size size, int number) {
        return IntStream.range(0, 100)
                .mapToObj(i -> name((number * STEP + i * 31) % size.customers()))
                .toArray(String[]::new);
    }

    /** The start of as many names as {@code found}, a power of ten. */
    private static String prefix(Growth.Size size, int number, int found) {
        String name = name(row(size, number, found) * found);
        return name.substring(0, name.length() - (int) Math.log10(found)) + "%";
    }

    /** A group, but never the first one, which is larger than the others. */
    private static String group(Growth.Size size, int number) {
        return "group %06d".formatted(2 + number % (size.groups() - 1));
    }

    private static String query(String field, String operator, String... values) {
        return """
                {"name":"%s","op":"%s","values":[%s]}""".formatted(
                field, operator, Arrays.stream(values).map(v -> '"' + v + '"').collect(Collectors.joining(",")));
    }

    private static Client.Call search(String... queries) {
        return data("{\"querys\":[" + String.join(",", queries) + "]}");
    }

    private static Client.Call sort(String field, String order) {
        return data("""
                {"sorts":[{"name":"%s","order":"%s"}]}""".formatted(field, order));
    }

    private static Client.Call data(String body) {
        return new Client.Call("POST", "/customers/data?limit=50", body);
    }
}
