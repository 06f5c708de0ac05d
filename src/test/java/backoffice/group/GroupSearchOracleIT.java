package backoffice.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.search.NameOracle;
import backoffice.search.SearchGenerator;
import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated searches for groups have the same names, order and total as a test oracle in memory. */
@Tag("slow")
@QuarkusIntegrationTest
class GroupSearchOracleIT {

    private static final int SEARCHES = 300;

    private final ObjectMapper json = new ObjectMapper();
    private final Api api = Api.as(Vendors.ACME);
    private final Random random = new Random(20261124);
    private final SearchGenerator generator = new SearchGenerator(random);

    @Test
    void generated_searches_find_what_the_oracle_finds() throws JsonProcessingException {
        Sql.clean();
        TreeSet<String> names = new TreeSet<>();
        while (names.size() < 150) {
            names.add(generator.text(4));
        }
        names.removeIf(String::isBlank);
        for (String name : names) {
            api.post("/customer_groups", json.writeValueAsString(Map.of("name", name)))
                    .statusCode(200);
        }

        for (int i = 0; i < SEARCHES; i++) {
            List<Map<String, Object>> querys = IntStream.range(0, random.nextInt(4))
                    .mapToObj(q -> query(names))
                    .toList();
            boolean descending = random.nextBoolean();
            int offset = random.nextInt(10);
            int limit = 1 + random.nextInt(60);
            String body = json.writeValueAsString(Map.of(
                    "querys", querys, "sorts", List.of(Map.of("name", "name", "order", descending ? "desc" : "asc"))));

            JsonPath answer = api.post("/customer_groups/data?offset=" + offset + "&limit=" + limit, body)
                    .statusCode(200)
                    .extract()
                    .jsonPath();

            List<String> expected = expected(names, querys, descending);
            assertEquals(expected.size(), answer.getInt("data.total"), body);
            assertEquals(expected.stream().skip(offset).limit(limit).toList(), answer.getList("data.items.name"), body);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> expected(TreeSet<String> names, List<Map<String, Object>> querys, boolean descending) {
        Comparator<String> order = descending ? NameOracle.BY_CODE_POINT.reversed() : NameOracle.BY_CODE_POINT;
        return names.stream()
                .filter(name -> querys.stream()
                        .allMatch(q -> NameOracle.matches(name, (String) q.get("op"), (List<String>) q.get("values"))))
                .sorted(order)
                .toList();
    }

    private Map<String, Object> query(TreeSet<String> names) {
        String op = generator.operator();
        List<String> values = new ArrayList<>();
        for (int i = generator.numberOfValues(op); i > 0; i--) {
            values.add(op.endsWith("like") ? generator.pattern(5) : value(names));
        }
        return Map.of("name", "name", "op", op, "values", values);
    }

    /** A name that exists, or a random one that may not exist. */
    private String value(TreeSet<String> names) {
        return random.nextBoolean() ? generator.oneOf(List.copyOf(names)) : generator.text(3);
    }
}
