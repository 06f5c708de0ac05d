package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 6: searching groups. */
@QuarkusTest
public class GroupSearchTest extends ApiTest {

    private static final String PATH = "/customer_groups/data";

    @BeforeEach
    void five_groups() {
        for (String name : List.of("group_0", "group_1", "groupX1", "100%", "客户组")) {
            api.post("/customer_groups", "{\"name\":\"" + name + "\"}").statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "  ", "null",
                "{}", "{\"querys\":null,\"sorts\":null}", "{\"querys\":[],\"sorts\":[]}",
                "{\"sorts\":[]}"
            })
    void a_search_without_conditions_finds_all_groups_by_name(String body) {
        api.post(PATH, body)
                .statusCode(200)
                .body("data.total", is(5))
                .body("data.items.name", equalTo(List.of("100%", "groupX1", "group_0", "group_1", "客户组")));
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
            "like"         | "%\\\\%","客_组"      | 100%;客户组
            "not like"     | "group%","客%"       | 100%
            "is null"      |                     | -
            "Is  Not NULL" |                     | 100%;groupX1;group_0;group_1;客户组
            """)
    void every_operator_finds_what_the_api_defines(String op, String values, String found) {
        List<String> expected = found == null ? List.of() : List.of(found.split(";"));

        api.post(PATH, query(op, values == null ? "" : values))
                .statusCode(200)
                .body("data.total", is(expected.size()))
                .body("data.items.name", equalTo(expected));
    }

    @Test
    void all_conditions_must_hold() {
        api.post(
                        PATH,
                        "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"group%\"]},"
                                + "{\"name\":\"name\",\"op\":\"not in\",\"values\":[\"group_0\"]}]}")
                .body("data.items.name", equalTo(List.of("groupX1", "group_1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"name"}                | 100%;groupX1;group_0;group_1;客户组
            {"name":"name","order":null}   | 100%;groupX1;group_0;group_1;客户组
            {"name":"name","order":"Asc"}  | 100%;groupX1;group_0;group_1;客户组
            {"name":"name","order":"DESC"} | 客户组;group_1;group_0;groupX1;100%
            """)
    void groups_are_sorted_as_requested(String sort, String found) {
        api.post(PATH, "{\"sorts\":[" + sort + "]}").body("data.items.name", equalTo(List.of(found.split(";"))));
    }

    @Test
    void a_search_is_paged_like_a_list() {
        api.post(PATH + "?offset=1&limit=1", query("\"like\"", "\"group%\""))
                .body(is("{\"status\":0,\"data\":{\"total\":3,\"items\":[{\"name\":\"group_0\"}]}}"));
        api.post(PATH + "?offset=3", query("\"like\"", "\"group%\""))
                .body(is("{\"status\":0,\"data\":{\"total\":3,\"items\":[]}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"name":"vendor","values":["a"]}]                       | accepted: name
            [{"name":"Name","values":["a"]}]                         | accepted: name
            [{"values":["a"]}]                                       | accepted: name
            [{"name":"name","op":"\\"; drop table","values":["a"]}]  | drop table
            [{"name":"name","op":"","values":["a"]}]                 | accepted: =
            [{"name":"name"}]                                        | 1…n
            [{"name":"name","values":[]}]                            | 1…n
            [{"name":"name","op":">","values":["a","b"]}]            | accepted: 1
            [{"name":"name","op":"between","values":["a"]}]          | accepted: 2
            [{"name":"name","op":"is null","values":["a"]}]          | accepted: 0
            [{"name":"name","op":"like","values":["a\\\\"]}]         | lone
            [{"name":"name","op":"like","values":["a\\\\\\\\\\\\"]}] | lone
            [{"name":"name","values":[null]}]                        | is null
            [{"name":"name","values":[5]}]                           | querys[0].values[0]
            [{"name":"name","values":[["a"]]}]                       | querys[0].values[0]
            [{"name":"name","values":"a"}]                           | querys[0].values
            [{"name":"name","values":["\\u0000"]}]                   | U+0000
            [{"name":"name","values":["\\ud800"]}]                   | surrogate
            [{"name":5,"values":["a"]}]                              | querys[0].name
            [{"name":"name","value":"a"}]                            | querys[0]: There is no member "value"
            [5]                                                      | querys[0]
            [null]                                                   | querys[0]
            """)
    void an_invalid_condition_is_1002(String querys, String msg) {
        api.post(PATH, "{\"querys\":" + querys + "}")
                .statusCode(400)
                .body("status", is(1002))
                .body("msg", containsString(msg));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"id\"}]", "[{}]",
                "[null]", "[\"name\"]",
                "[{\"name\":\"name\",\"order\":\"up\"}]", "[{\"name\":\"name\",\"order\":\"\"}]",
                "[{\"name\":\"name\",\"order\":1}]", "[{\"name\":\"name\"},{\"name\":\"name\",\"order\":\"desc\"}]",
                "[{\"name\":\"name\",\"desc\":true}]"
            })
    void an_invalid_sort_is_1002(String sorts) {
        api.post(PATH, "{\"sorts\":" + sorts + "}").statusCode(400).body("status", is(1002));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]", "5", "{} {}", "{\"querys\":{}}",
                "{\"sorts\":5}", "{\"query\":[]}", "{\"querys[0]\":[]}", "{\"querys\":[],\"querys\":[]}",
                "{\"querys\":[}", "{\"sorts\":[{\"name\":\"name\",\"order\":\"asc\",\"order\":\"asc\"}]}"
            })
    void a_body_that_is_not_a_search_is_1001(String body) {
        api.post(PATH, body).statusCode(400).body("status", is(1001));
    }

    @Test
    void a_search_has_at_most_32_conditions_and_1000_values() {
        String condition = "{\"name\":\"name\",\"op\":\"!=\",\"values\":[\"x\"]}";
        api.post(PATH, "{\"querys\":[" + repeat(condition, 32) + "]}")
                .statusCode(200)
                .body("data.total", is(5));
        api.post(PATH, "{\"querys\":[" + repeat(condition, 33) + "]}")
                .statusCode(400)
                .body("status", is(1002));

        for (String op : List.of("\"=\"", "\"not in\"", "\"like\"", "\"not like\"")) {
            api.post(PATH, query(op, repeat("\"x\"", 1000))).statusCode(200);
            api.post(PATH, query(op, repeat("\"x\"", 1001))).statusCode(400).body("status", is(1002));
        }
    }

    private static String query(String op, String values) {
        return "{\"querys\":[{\"name\":\"name\",\"op\":" + op + ",\"values\":[" + values + "]}]}";
    }

    private static String repeat(String text, int times) {
        return Stream.generate(() -> text).limit(times).collect(Collectors.joining(","));
    }
}
