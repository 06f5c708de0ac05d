package backoffice.customer;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.SearchOracle;
import backoffice.testsupport.Api;
import backoffice.testsupport.Seeds;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
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
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated searches for customers have the same items, order and total as a test oracle in memory. */
@Tag("slow")
@QuarkusIntegrationTest
class CustomerSearchOracleIT {

    private static final int SEARCHES = 200;
    private static final List<String> TEXTS = List.of("name", "groupName", "referenceId");
    private static final List<String> SORTABLE = List.of("name", "groupName", "regDate");

    /** Times compare as texts. */
    private static final Map<String, String> COLUMNS = Map.of(
            "name", "c.name",
            "groupName", "g.name",
            "regDate", "to_char(c.reg_date, 'YYYY-MM-DD HH24:MI:SS') collate \"C\"",
            "referenceId", "c.reference_id");

    private static final String PAGE = """
            select coalesce(json_agg(json_strip_nulls(json_build_object(
                'name', name, 'groupName', group_name, 'regDate', reg_date, 'referenceId', reference_id))), '[]')
            from (select c.name, g.name as group_name, %s as reg_date, c.reference_id
                from customer c left join customer_group g on g.id = c.group_id where %s
                order by %s c.name, g.name nulls first offset %d limit %d) page
            """;

    private static final List<String> PARTS =
            List.of("a|A|b|%|_|\\|'|\"|é|e\u0301|中|客户|\uD83D\uDE00|\uFFFD| |0|ß|İ|i|--|:p0|?|$1".split("\\|"));
    private static final List<String> PATTERN_PARTS =
            List.of("%", "_", "\\%", "\\_", "\\\\", "\\a", "a", "中", "\uD83D\uDE00");
    private static final List<String> OPERATORS =
            List.of("=|in|!=|<>|not in|>|>=|<|<=|between|like|not like|contains|is null|is not null".split("\\|"));

    record Query(String name, String op, List<String> values) {

        /** A day in a condition means its 00:00:00. */
        String sql() {
            List<String> fields = name.equals("any") ? TEXTS : List.of(name);
            List<String> whole = values.stream()
                    .map(v -> name.equals("regDate") && v.length() == 10 ? v + " 00:00:00" : v)
                    .toList();
            return fields.stream()
                    .map(field -> SearchOracle.condition(COLUMNS.get(field), op, whole))
                    .collect(joining(" or ", " and (", ")"));
        }
    }

    record Sort(String name, String order) {

        String sql() {
            return COLUMNS.get(name) + (order.equals("asc") ? " nulls first, " : " desc nulls last, ");
        }
    }

    @AutoClose
    private final SqlConnection database = new SqlConnection();

    private final ObjectMapper json = new ObjectMapper();
    private final Api api = Api.as(Vendors.ACME);
    private final Random random = Seeds.random(20261125);

    @Test
    void generated_searches_find_what_the_oracle_finds() throws JsonProcessingException {
        Sql.clean();
        List<Map<String, String>> customers = List.copyOf(customers());
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

            int total = items(querys, sorts, 0, 1000).size();
            assertEquals(total, answer.getInt("data.total"), body);
            assertEquals(items(querys, sorts, offset, limit), answer.getList("data.items"), body);
            found += total == 0 || total == customers.size() ? 0 : 1;
        }
        assertTrue(found > SEARCHES / 4, "searches that find some and not all: " + found);
    }

    private List<?> items(List<Query> querys, List<Sort> sorts, int offset, int limit) throws JsonProcessingException {
        String where = querys.stream().map(Query::sql).collect(joining("", "true", ""));
        String orderBy = sorts.stream().map(Sort::sql).collect(joining());
        return json.readValue(
                database.text(PAGE.formatted(COLUMNS.get("regDate"), where, orderBy, offset, limit)), List.class);
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
            customer.put("name", oneOf(names));
            if (random.nextInt(3) > 0) {
                customer.put("groupName", oneOf(groups));
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
                .mapToObj(i -> text(PARTS, 4))
                .filter(text -> !text.isBlank())
                .distinct()
                .limit(count)
                .toList();
    }

    private String time() {
        return day() + " %02d:00:%02d".formatted(random.nextInt(3), random.nextInt(2));
    }

    private String day() {
        return "%s-02-%02d".formatted(oneOf(List.of("0001", "1969", "2024", "9999")), 27 + random.nextInt(2));
    }

    private Query query(List<Map<String, String>> customers) {
        String op = oneOf(OPERATORS);
        boolean pattern = op.endsWith("like");
        String field = op.equals("contains") && random.nextBoolean()
                ? "any"
                : oneOf(pattern || op.equals("contains") ? TEXTS : List.copyOf(new TreeSet<>(COLUMNS.keySet())));
        List<String> values = IntStream.range(0, numberOfValues(op))
                .mapToObj(i -> pattern ? text(PATTERN_PARTS, 5) : value(field, customers))
                .toList();
        return new Query(field, op, values);
    }

    /** A value that exists, or a random one that may not exist. */
    private String value(String field, List<Map<String, String>> customers) {
        String present = oneOf(customers).get(field);
        if (present != null && random.nextBoolean()) {
            return present;
        }
        if (field.equals("regDate")) {
            return random.nextBoolean() ? day() : time();
        }
        return random.nextInt(5) == 0 ? "" : text(PARTS, 3);
    }

    private List<Sort> sorts() {
        List<String> fields = new ArrayList<>(SORTABLE);
        Collections.shuffle(fields, random);
        return fields.subList(0, random.nextInt(4)).stream()
                .map(field -> new Sort(field, random.nextBoolean() ? "asc" : "desc"))
                .toList();
    }

    /** A valid number of values for an operator. */
    private int numberOfValues(String operator) {
        return switch (operator) {
            case "is null", "is not null" -> 0;
            case ">", ">=", "<", "<=" -> 1;
            case "between" -> 2;
            default -> 1 + random.nextInt(6);
        };
    }

    /** A text of up to this number of parts. It may be blank. */
    private String text(List<String> parts, int most) {
        return Stream.generate(() -> oneOf(parts))
                .limit(1 + random.nextInt(most))
                .collect(joining());
    }

    private <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
