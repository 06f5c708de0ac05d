package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.SearchGenerator;
import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated searches for customers have the same items, order and total as a test oracle in memory. */
@Tag("slow")
@QuarkusIntegrationTest
class CustomerSearchOracleIT {

    private static final int SEARCHES = 300;
    private static final List<String> FIELDS = List.of("name", "groupName", "referenceId", "regDate");
    private static final List<String> SORTABLE = List.of("name", "groupName", "regDate");

    private final ObjectMapper json = new ObjectMapper();
    private final Api api = Api.as(Vendors.ACME);
    private final Random random = new Random(20261125);
    private final SearchGenerator generator = new SearchGenerator(random);

    @Test
    void generated_searches_find_what_the_oracle_finds() throws JsonProcessingException {
        Sql.clean();
        Collection<Map<String, String>> customers = customers();
        api.post("/customers", json.writeValueAsString(customers)).statusCode(200);

        int found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            List<Map<String, Object>> querys = IntStream.range(0, random.nextInt(4))
                    .mapToObj(q -> query(customers))
                    .toList();
            List<String> sorts = sorts();
            int offset = random.nextInt(10);
            int limit = 1 + random.nextInt(60);
            String body = json.writeValueAsString(Map.of(
                    "querys",
                    querys,
                    "sorts",
                    sorts.stream()
                            .map(s -> s.split(" "))
                            .map(s -> Map.of("name", s[0], "order", s[1]))
                            .toList()));

            JsonPath answer = api.post("/customers/data?offset=" + offset + "&limit=" + limit, body)
                    .statusCode(200)
                    .extract()
                    .jsonPath();

            List<Map<String, String>> expected = expected(customers, querys, sorts);
            assertEquals(expected.size(), answer.getInt("data.total"), body);
            assertEquals(expected.stream().skip(offset).limit(limit).toList(), answer.getList("data.items"), body);
            found += expected.isEmpty() || expected.size() == customers.size() ? 0 : 1;
        }
        assertTrue(found > SEARCHES / 4, "searches that find some and not all: " + found);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, String>> expected(
            Collection<Map<String, String>> customers, List<Map<String, Object>> querys, List<String> sorts) {
        return customers.stream()
                .filter(customer -> querys.stream()
                        .allMatch(q -> CustomerOracle.matches(
                                customer, (String) q.get("name"), (String) q.get("op"), (List<String>)
                                        q.get("values"))))
                .sorted(CustomerOracle.order(sorts))
                .toList();
    }

    /**
     * Few names, groups and times, so that many values are equal. A third has no group, and half has no referenceId.
     */
    private Collection<Map<String, String>> customers() throws JsonProcessingException {
        List<String> groups = new ArrayList<>(texts(6));
        for (String group : groups) {
            api.post("/customer_groups", json.writeValueAsString(Map.of("name", group)))
                    .statusCode(200);
        }
        List<String> names = texts(40);
        List<String> references = texts(200);
        Map<List<String>, Map<String, String>> customers = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            Map<String, String> customer = new LinkedHashMap<>();
            customer.put("name", generator.oneOf(names));
            if (random.nextInt(3) > 0) {
                customer.put("groupName", generator.oneOf(groups));
            }
            customer.put("regDate", time());
            if (random.nextBoolean()) {
                customer.put("referenceId", references.get(i));
            }
            customers.put(List.of(customer.get("name"), String.valueOf(customer.get("groupName"))), customer);
        }
        return customers.values();
    }

    private List<String> texts(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> generator.text(4))
                .filter(text -> !text.isBlank())
                .distinct()
                .limit(count)
                .toList();
    }

    private String time() {
        return day() + " %02d:00:%02d".formatted(random.nextInt(3), random.nextInt(2));
    }

    private String day() {
        return "%s-02-%02d".formatted(generator.oneOf(List.of("0001", "1969", "2024", "9999")), 27 + random.nextInt(2));
    }

    private Map<String, Object> query(Collection<Map<String, String>> customers) {
        String field = generator.oneOf(FIELDS);
        String op = generator.operator();
        while (field.equals("regDate") && op.endsWith("like")) {
            op = generator.operator();
        }
        List<String> values = new ArrayList<>();
        for (int i = generator.numberOfValues(op); i > 0; i--) {
            values.add(op.endsWith("like") ? generator.pattern(5) : value(field, customers));
        }
        return Map.of("name", field, "op", op, "values", values);
    }

    /** A value that exists, or a random one that may not exist. */
    private String value(String field, Collection<Map<String, String>> customers) {
        String present = generator.oneOf(List.copyOf(customers)).get(field);
        if (present != null && random.nextBoolean()) {
            return present;
        }
        if (field.equals("regDate")) {
            return random.nextBoolean() ? day() : time();
        }
        return random.nextInt(5) == 0 ? "" : generator.text(3);
    }

    private List<String> sorts() {
        List<String> fields = new ArrayList<>(SORTABLE);
        Collections.shuffle(fields, random);
        return fields.subList(0, random.nextInt(4)).stream()
                .map(field -> field + (random.nextBoolean() ? " asc" : " desc"))
                .toList();
    }
}
