package backoffice.customer;

import static org.hamcrest.Matchers.*;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 6: searching groups and customers. */
@QuarkusTest
public class SearchTest extends ApiTest {

    private static final String GROUPS = "/customer_groups/data";
    private static final String CUSTOMERS = "/customers/data";

    @BeforeEach
    void five_groups_and_four_customers() {
        createGroups("group_0", "group_1", "groupX1", "100%", "客户组");
        api.post("/customers", """
                        [{"name":"1","groupName":"group_1","regDate":"2026-01-02 00:00:00","referenceId":"r1"},
                         {"name":"2","groupName":"group_0","regDate":"2026-01-01 23:59:59"},
                         {"name":"3","regDate":"2026-01-02 00:00:00","referenceId":"r3"},
                         {"name":"4","regDate":"2025-12-31 00:00:00"}]
                        """).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            ``
            `  `
            null
            {}
            {"querys":null,"sorts":null}
            {"querys":[],"sorts":[]}
            {"sorts":[]}
            """)
    void a_search_without_conditions_finds_everything_by_name(String body) {
        finds(GROUPS, body, "100%;groupX1;group_0;group_1;客户组");
        finds(CUSTOMERS, body, "1;2;3;4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            "="            | "group_0"           | group_0
            null           | "group_0"           | group_0
            "in"           | "group_0","100%"    | 100%;group_0
            "!="           | "group_0","100%"    | groupX1;group_1;客户组
            "<>"           | "group_0"           | 100%;groupX1;group_1;客户组
            " Not   IN "   | "group_0"           | 100%;groupX1;group_1;客户组
            ">"            | "group_0"           | group_1;客户组
            ">="           | "group_0"           | group_0;group_1;客户组
            "<"            | "group_0"           | 100%;groupX1
            "<="           | "group_0"           | 100%;groupX1;group_0
            "between"      | "groupX1","group_0" | groupX1;group_0
            "between"      | "group_0","groupX1" | -
            "LIKE"         | "group%"            | groupX1;group_0;group_1
            "like"         | "group_1"           | groupX1;group_1
            "like"         | "group\\\\_1"       | group_1
            "like"         | "%\\\\%","客_组"    | 100%;客户组
            "not like"     | "group%","客%"       | 100%
            "contains"     | "GROUPx"            | groupX1
            "Contains"     | "0","客"             | 100%;group_0;客户组
            "contains"     | ""                  | 100%;groupX1;group_0;group_1;客户组
            "contains"     | "_"                 | group_0;group_1
            "contains"     | "%"                 | 100%
            "contains"     | "\\\\"           | -
            "is null"      |                     | -
            "Is  Not NULL" |                     | 100%;groupX1;group_0;group_1;客户组
            """)
    void every_operator_finds_what_the_api_defines(String op, String values, String found) {
        finds(GROUPS, query("name", op, values), found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            groupName   | =           | "group_0"                                   | 2
            groupName   | =           | ""                                          | -
            groupName   | in          | "","group_1"                                | 1
            groupName   | !=          | "group_0"                                   | 1;3;4
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
            groupName   | contains    | "GROUP_1","x"                               | 1
            groupName   | contains    | ""                                          | 1;2
            referenceId | contains    | "R"                                         | 1;3
            """)
    void every_field_is_searched_as_the_api_defines(String field, String op, String values, String found) {
        finds(CUSTOMERS, query(field, '"' + op + '"', values), found);
    }

    @ParameterizedTest
    @EnumSource
    void every_text_is_searched_by_itself_and_by_any(TextMember member) {
        String field = member.property();
        api.post("/customers", "[{\"name\":\"5\",\"" + field + "\":\"+86 Straße ÄB_\"}]")
                .statusCode(200);

        finds(CUSTOMERS, query(field, "\"=\"", "\"+86 Straße ÄB_\""), "5");
        finds(CUSTOMERS, query(field, "\"like\"", "\"%straße%\""), null);
        finds(CUSTOMERS, query(field, "\"contains\"", "\"straßE äb_\""), "5");
        finds(CUSTOMERS, query("any", "\"contains\"", "\"straßE äb_\""), "5");
        finds(CUSTOMERS, query(field, "\"is null\"", null), field.equals("referenceId") ? "2;4" : "1;2;3;4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            "R1"                            | 1
            "group"                         | 1;2
            "group_1","R3"                  | 1;3
            "4"                             | 4
            ""                              | 1;2;3;4
            "%"                             | -
            "1\\u001fr"                      | -
            "\\u001f"                        | -
            "r3\\u001f","group_0\\u001f","2" | 2
            "a","b","c","d","R3","GROUP_0"  | 2;3
            "2026"                          | -
            """)
    void any_finds_the_customers_that_have_the_text_in_one_of_their_texts(String values, String found) {
        finds(CUSTOMERS, query("any", "\"contains\"", values), found);
    }

    @Test
    void any_finds_a_separator_of_its_own_in_a_text() {
        api.post("/customers", "[{\"name\":\"5\",\"city\":\"a\\u001fB\",\"country\":\"c\"}]")
                .statusCode(200);

        finds(CUSTOMERS, query("any", "\"contains\"", "\"A\\u001fb\""), "5");
        finds(CUSTOMERS, query("any", "\"contains\"", "\"b\\u001fc\""), null);
    }

    @Test
    void all_conditions_must_hold() {
        finds(GROUPS, """
                {"querys":[{"name":"name","op":"like","values":["group%"]},
                           {"name":"name","op":"not in","values":["group_0"]}]}
                """, "groupX1;group_1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /customer_groups/data | {"name":"name"}                                        | 100%;groupX1;group_0;group_1;客户组
            /customer_groups/data | {"name":"name","order":null}                           | 100%;groupX1;group_0;group_1;客户组
            /customer_groups/data | {"name":"name","order":"Asc"}                          | 100%;groupX1;group_0;group_1;客户组
            /customer_groups/data | {"name":"name","order":"DESC"}                         | 客户组;group_1;group_0;groupX1;100%
            /customers/data       | {"name":"name","order":"desc"}                         | 4;3;2;1
            /customers/data       | {"name":"groupName"}                                   | 3;4;2;1
            /customers/data       | {"name":"groupName","order":"DESC"}                    | 1;2;3;4
            /customers/data       | {"name":"regDate"}                                     | 4;2;1;3
            /customers/data       | {"name":"regDate","order":"desc"}                      | 1;3;2;4
            /customers/data       | {"name":"regDate","order":"desc"},{"name":"groupName"} | 3;1;2;4
            """)
    void what_is_found_is_sorted_as_requested_and_then_by_name(String path, String sorts, String found) {
        finds(path, "{\"sorts\":[" + sorts + "]}", found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "groupName", "regDate"})
    void a_page_has_the_right_size_and_total_at_any_offset_and_in_any_order(String sort) {
        String body = "{\"sorts\":[{\"name\":\"" + sort + "\"}]}";

        for (int offset : new int[] {0, 1, 2, 3, 4, 5, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            for (int limit : new int[] {1, 2, 1000}) {
                api.post(CUSTOMERS + "?offset=" + offset + "&limit=" + limit, body)
                        .body("data.total", is(4))
                        .body("data.items.size()", is(Math.max(0, Math.min(4 - offset, limit))));
            }
        }
        api.post(GROUPS + "?offset=1&limit=1", query("name", "\"like\"", "\"group%\""))
                .body(is("{\"status\":0,\"data\":{\"total\":3,\"items\":[{\"name\":\"group_0\"}]}}"));
    }

    /** {@code SearchRefusalsTest} has all that is refused for its content, and {@code StrictJsonTest} for its form. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"querys":[{"name":"vendor","values":["a"]}]}                     | accepted: name, groupName, description, regDate, officeNumber,
            {"querys":[{"name":"name","op":"contains","values":["\\u0000"]}]} | U+0000
            {"sorts":[{"name":"any"}]}                                        | accepted: name, groupName, regDate.
            """)
    void an_invalid_condition_or_sort_is_1002(String body, String msg) {
        api.post(CUSTOMERS, body).statusCode(400).body("status", is(1002)).body("msg", containsString(msg));
    }

    @Test
    void a_search_has_at_most_32_conditions_and_1000_values() {
        String condition = "{\"name\":\"name\",\"op\":\"!=\",\"values\":[\"x\"]}";
        api.post(GROUPS, "{\"querys\":[" + repeat(condition, 32) + "]}").body("data.total", is(5));
        api.post(GROUPS, "{\"querys\":[" + repeat(condition, 33) + "]}").body("status", is(1002));

        for (String op : List.of("\"=\"", "\"not in\"", "\"like\"", "\"not like\"")) {
            api.post(GROUPS, query("name", op, repeat("\"x\"", 1000))).statusCode(200);
            api.post(GROUPS, query("name", op, repeat("\"x\"", 1001))).body("status", is(1002));
        }
    }

    /** @param found the names in their order, separated by semicolons; null for none */
    private void finds(String path, String body, String found) {
        List<String> expected = found == null ? List.of() : List.of(found.split(";"));
        api.post(path, body).body("data.total", is(expected.size())).body("data.items.name", equalTo(expected));
    }

    private static String query(String field, String op, String values) {
        return "{\"querys\":[{\"name\":\"%s\",\"op\":%s,\"values\":[%s]}]}"
                .formatted(field, op, values == null ? "" : values);
    }

    private static String repeat(String text, int times) {
        return String.join(",", Collections.nCopies(times, text));
    }
}
