package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.NameOracle;
import backoffice.search.SearchGenerator;
import backoffice.testsupport.Api;
import backoffice.testsupport.Seeds;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated searches for customers have the same items, order and total as a test oracle in memory. */
@Tag("slow")
@QuarkusIntegrationTest
class CustomerSearchOracleIT {

    private static final int SEARCHES = 200;
    private static final List<String> FIELDS = List.of("name", "groupName", "regDate", "referenceId");
    private static final int SORTABLE = 3;

    /** Missing values sort first. */
    private static final Comparator<String> BY_VALUE = Comparator.nullsFirst(NameOracle.BY_CODE_POINT);

    record Query(String name, String op, List<String> values) {

        /** Times compare as texts. A day in a condition means its 00:00:00. */
        boolean matches(Map<String, String> customer) {
            if (name.equals("any")) {
                return Stream.of("name", "groupName", "referenceId")
                        .anyMatch(text -> new Query(text, op, values).matches(customer));
            }
            String value = customer.get(name);
            if (value == null) {
                return List.of("!=", "<>", "not in", "not like", "is null").contains(op);
            }
            Stream<String> times = values.stream().map(v -> v.length() == 10 ? v + " 00:00:00" : v);
            return NameOracle.matches(value, op, name.equals("regDate") ? times.toList() : values);
        }
    }

    record Sort(String name, String order) {

        Comparator<Map<String, String>> comparator() {
            return Comparator.comparing(c -> c.get(name), order.equals("desc") ? BY_VALUE.reversed() : BY_VALUE);
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Api api = Api.as(Vendors.ACME);
    private final Random random = Seeds.random(20261125);
    private final SearchGenerator generator = new SearchGenerator(random);

    @Test
    void generated_searches_find_what_the_oracle_finds() throws JsonProcessingException {
        Sql.clean();
        Collection<Map<String, String>> customers = customers();
        api.post("/customers", json.writeValueAsString(customers)).statusCode(200);

        int found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            List<Query> querys = IntStream.range(0, random.nextInt(4))
                    .mapToObj(q -> query(customers))
                    .toList();
            List<Sort> sorts = sorts();
            int offset = random.nextInt(10);
            int limit = 1 + random.nextInt(60);
            String body = json.writeValueAsString(Map.of("querys", querys, "sorts", sorts));

            JsonPath answer = api.post("/customers/data?offset=" + offset + "&limit=" + limit, body)
                    .statusCode(200)
                    .extract()
                    .jsonPath();

            List<Map<String, String>> expected = customers.stream()
                    .filter(customer -> querys.stream().allMatch(query -> query.matches(customer)))
                    .sorted(order(sorts))
                    .toList();
            assertEquals(expected.size(), answer.getInt("data.total"), body);
            assertEquals(expected.stream().skip(offset).limit(limit).toList(), answer.getList("data.items"), body);
            found += expected.isEmpty() || expected.size() == customers.size() ? 0 : 1;
        }
        assertTrue(found > SEARCHES / 4, "searches that find some and not all: " + found);
    }

    private static Comparator<Map<String, String>> order(List<Sort> sorts) {
        return Stream.concat(sorts.stream(), Stream.of(new Sort("name", "asc"), new Sort("groupName", "asc")))
                .map(Sort::comparator)
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    /** Few names, groups and times, so that many values are equal. A third has no group, and half has no referenceId. */
    private Collection<Map<String, String>> customers() throws JsonProcessingException {
        List<String> groups = texts(6);
        for (String group : groups) {
            api.post("/customer_groups", json.writeValueAsString(Map.of("name", group)));
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

    private Query query(Collection<Map<String, String>> customers) {
        String op = generator.operator();
        boolean pattern = op.endsWith("like");
        List<String> texts = List.of("name", "groupName", "referenceId");
        String field = op.equals("contains") && random.nextBoolean()
                ? "any"
                : generator.oneOf(pattern || op.equals("contains") ? texts : FIELDS);
        List<String> values = IntStream.range(0, generator.numberOfValues(op))
                .mapToObj(i -> pattern ? generator.pattern(5) : value(field, customers))
                .toList();
        return new Query(field, op, values);
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

    private List<Sort> sorts() {
        List<String> fields = new ArrayList<>(FIELDS.subList(0, SORTABLE));
        Collections.shuffle(fields, random);
        return fields.subList(0, random.nextInt(4)).stream()
                .map(field -> new Sort(field, random.nextBoolean() ? "asc" : "desc"))
                .toList();
    }
}
