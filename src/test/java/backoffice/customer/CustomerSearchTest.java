package backoffice.customer;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 6: searching customers. */
@QuarkusTest
public class CustomerSearchTest extends ApiTest {

    private static final String PATH = "/customers/data";

    @BeforeEach
    void four_customers() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
        api.post(
                        "/customers",
                        "[{\"name\":\"1\",\"groupName\":\"b\",\"regDate\":\"2026-01-02 00:00:00\",\"referenceId\":\"r1\"},"
                                + "{\"name\":\"2\",\"groupName\":\"a\",\"regDate\":\"2026-01-01 23:59:59\"},"
                                + "{\"name\":\"3\",\"regDate\":\"2026-01-02 00:00:00\",\"referenceId\":\"r3\"},"
                                + "{\"name\":\"4\",\"regDate\":\"2025-12-31 00:00:00\"}]")
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"querys\":[],\"sorts\":null}"})
    void a_search_without_conditions_finds_all_customers_by_name(String body) {
        api.post(PATH, body).statusCode(200).body("data.items.name", equalTo(List.of("1", "2", "3", "4")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "groupName", "regDate"})
    void a_page_has_the_right_size_and_total_at_any_offset_and_in_any_order(String sort) {
        String body = "{\"sorts\":[{\"name\":\"" + sort + "\"}]}";

        for (int offset : new int[] {0, 1, 2, 3, 4, 5, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            for (int limit : new int[] {1, 2, 1000}) {
                api.post(PATH + "?offset=" + offset + "&limit=" + limit, body)
                        .statusCode(200)
                        .body("data.total", is(4))
                        .body("data.items.size()", is(Math.max(0, Math.min(4 - offset, limit))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            groupName   | =           | "a"                                         | 2
            groupName   | =           | ""                                          | -
            groupName   | in          | "","b"                                      | 1
            groupName   | !=          | "a"                                         | 1;3;4
            groupName   | not in      | ""                                          | 1;2;3;4
            groupName   | not like    | "%"                                         | 3;4
            groupName   | >=          | ""                                          | 1;2
            groupName   | is null     |                                             | 3;4
            groupName   | is not null |                                             | 1;2
            referenceId | like        | "r_"                                        | 1;3
            referenceId | is null     |                                             | 2;4
            referenceId | <>          | "r1"                                        | 2;3;4
            regDate     | =           | "2026-01-02"                                | 1;3
            regDate     | not in      | "2026-01-02","2025-12-31 00:00:00"          | 2
            regDate     | <           | "2026-01-02"                                | 2;4
            regDate     | between     | "2026-01-01 23:59:59","2026-01-02 00:00:00" | 1;2;3
            regDate     | is null     |                                             | -
            name        | >           | "2"                                         | 3;4
            """)
    void every_field_is_searched_as_the_api_defines(String field, String op, String values, String found) {
        List<String> expected = found == null ? List.of() : List.of(found.split(";"));

        api.post(PATH, query(field, op, values == null ? "" : values))
                .statusCode(200)
                .body("data.total", is(expected.size()))
                .body("data.items.name", equalTo(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"name","order":"desc"}                         | 4;3;2;1
            {"name":"groupName"}                                   | 3;4;2;1
            {"name":"groupName","order":"DESC"}                    | 1;2;3;4
            {"name":"regDate"}                                     | 4;2;1;3
            {"name":"regDate","order":"desc"}                      | 1;3;2;4
            {"name":"regDate","order":"desc"},{"name":"groupName"} | 3;1;2;4
            """)
    void customers_are_sorted_as_requested_and_then_by_name(String sorts, String found) {
        api.post(PATH, "{\"sorts\":[" + sorts + "]}").body("data.items.name", equalTo(List.of(found.split(";"))));
    }

    @Test
    void a_search_is_paged_like_a_list() {
        api.post(PATH + "?offset=1&limit=1", query("groupName", "is null", ""))
                .body(is("{\"status\":0,\"data\":{\"total\":2,\"items\":["
                        + "{\"name\":\"4\",\"regDate\":\"2025-12-31 00:00:00\"}]}}"));
        api.post(PATH + "?offset=2", query("groupName", "is null", ""))
                .body(is("{\"status\":0,\"data\":{\"total\":2,\"items\":[]}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            city    | =        | "a"          | There is no field "city" here; accepted: name, groupName, referenceId, regDate.
            c.name  | =        | "a"          | There is no field "c.name" here; accepted: name, groupName, referenceId, regDate.
            regDate | like     | "2026%"      | The op "like" does not go with the field "regDate", which is a time.
            regDate | not like | "2026%"      | The op "not like" does not go with the field "regDate", which is a time.
            regDate | >        | "2026-02-30" | The field "regDate" is a time, and "2026-02-30" is none; accepted: yyyy-MM-dd HH:mm:ss, yyyy-MM-dd.
            regDate | =        | ""           | The field "regDate" is a time, and "" is none; accepted: yyyy-MM-dd HH:mm:ss, yyyy-MM-dd.
            """)
    void an_invalid_condition_is_1002(String field, String op, String values, String msg) {
        api.post(PATH, query(field, op, values))
                .statusCode(400)
                .body("status", is(1002))
                .body("msg", is(msg));
    }

    @Test
    void a_sort_by_a_field_that_is_not_sortable_is_1002() {
        api.post(PATH, "{\"sorts\":[{\"name\":\"referenceId\"}]}")
                .statusCode(400)
                .body(is("{\"status\":1002,\"msg\":\"There is no field \\\"referenceId\\\" here;"
                        + " accepted: name, groupName, regDate.\"}"));
    }

    private static String query(String field, String op, String values) {
        return "{\"querys\":[{\"name\":\"" + field + "\",\"op\":\"" + op + "\",\"values\":[" + values + "]}]}";
    }
}
