import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures searches by {@code contains} among customers with all members, and the creation of more of them, without the
 * optional index and then with it.
 *
 * <p>Usage: {@code Contains SIZE}. The variables of a PostgreSQL must be set.
 */
class Contains {

    private static final String VENDOR = "contains";
    private static final int WARM_UP_CALLS = 10;

    private final Client client = new Client(VENDOR);
    private int created;

    private Contains(int size) {
        created = size;
    }

    public static void main(String[] arguments) throws Exception {
        int size = Integer.parseInt(arguments[0]);
        Service.start(List.of(VENDOR)).close();
        System.err.printf("%,d customers%n", size);
        Shell.psql("contains", "vendor=" + VENDOR, "size=" + size);
        try (Service service = Service.start(List.of(VENDOR))) {
            Contains bench = new Contains(size);
            Map<String, Double> without = bench.measure();
            System.err.println("index");
            Shell.run(
                    List.of("psql", "--quiet", "--set=ON_ERROR_STOP=1", "--file=deploy/postgresql/contains-index.sql"));
            Map<String, Double> with = bench.measure();
            System.out.printf("| %,d customers: p50 | without the index | with it |%n|---|---|---|%n", size);
            without.forEach(
                    (call, millis) -> System.out.printf("| %s | %.1f ms | %.1f ms |%n", call, millis, with.get(call)));
        }
    }

    private Map<String, Double> measure() throws IOException, InterruptedException {
        Map<String, Double> millis = new LinkedHashMap<>();
        millis.put("a telephone number by `any`", median(20, search("any", "138000012")));
        millis.put("a Chinese text by `any`", median(20, search("any", "路 1234 号")));
        millis.put("a text with letters by `any`", median(20, search("any", "CONTACT1234@")));
        millis.put("a text that all have by `any`", median(20, search("any", "科技园")));
        millis.put("a telephone number by `mobileNumber`", median(20, search("mobileNumber", "138000012")));
        millis.put("create 1", median(200, () -> customers(1)));
        millis.put("create 1000", median(10, () -> customers(1000)));
        return millis;
    }

    private double median(int calls, Supplier<Client.Call> call) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_UP_CALLS + calls; i++) {
            double taken = client.send(call.get());
            if (i >= WARM_UP_CALLS) {
                millis.add(taken);
            }
        }
        return Median.of(millis);
    }

    private static Supplier<Client.Call> search(String field, String text) {
        String body = "{\"querys\":[{\"name\":\"%s\",\"op\":\"contains\",\"values\":[\"%s\"]}]}".formatted(field, text);
        return () -> new Client.Call("POST", "/customers/data", body);
    }

    /** Customers as those of {@code sql/contains.sql}. */
    private Client.Call customers(int count) {
        int first = created + 1;
        created += count;
        return new Client.Call(
                "POST",
                "/customers",
                IntStream.rangeClosed(first, created)
                        .mapToObj(i -> """
                                {"name":"Northwind 科技有限公司 %1$d","groupName":"group 1","description":"Bought %1$d licences, 续费 %1$d",\
                                "officeNumber":"+86 755 %1$08d","mobileNumber":"138%1$08d","email":"contact%1$d@example.com",\
                                "address":"科技园路 %1$d 号","city":"深圳","country":"China","postcode":"000001","contact":"王芳 %1$d",\
                                "referenceId":"REF-%1$d"}""".formatted(i))
                        .collect(Collectors.joining(",", "[", "]")));
    }
}
