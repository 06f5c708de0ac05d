package backoffice.customer;

import static backoffice.testsupport.Api.segment;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 5.1: listing, reading and deleting customers. */
@QuarkusTest
public class CustomerResourceTest extends ApiTest {

    private static final String DATE = "\"regDate\":\"2026-01-05 09:00:00\"";

    @BeforeEach
    void two_groups() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @Test
    void a_vendor_without_customers_gets_an_empty_page() {
        api.get("/customers").statusCode(200).body(is("{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}"));
    }

    @Test
    void customers_are_listed_by_name_and_then_by_group_with_those_without_a_group_first() {
        create(
                "{\"name\":\"y\",\"groupName\":\"b\"}",
                "{\"name\":\"y\"}",
                "{\"name\":\"中\"}",
                "{\"name\":\"y\",\"groupName\":\"a\"}",
                "{\"name\":\"B\",\"groupName\":\"b\"}");

        api.get("/customers")
                .statusCode(200)
                .body("data.total", is(5))
                .body("data.items.name", equalTo(List.of("B", "y", "y", "y", "中")))
                .body("data.items.groupName", equalTo(Arrays.asList("b", null, "a", "b", null)));
    }

    @Test
    void a_page_has_the_requested_items_and_the_total_of_the_list() {
        create("{\"name\":\"x\"," + DATE + "}", "{\"name\":\"y\"," + DATE + "}", "{\"name\":\"z\"," + DATE + "}");

        api.get("/customers?offset=1&limit=1")
                .body(is("{\"status\":0,\"data\":{\"total\":3,\"items\":[{\"name\":\"y\"," + DATE + "}]}}"));
        api.get("/customers?offset=3").body(is("{\"status\":0,\"data\":{\"total\":3,\"items\":[]}}"));
        api.get("/customers?limit=0").statusCode(400).body("status", is(1001));
    }

    @Test
    void every_read_answers_the_full_customer_with_its_members_in_the_documented_order() {
        String full = "{\"name\":\"c\",\"groupName\":\"a\",\"description\":\"d\"," + DATE
                + ",\"officeNumber\":\"o\",\"mobileNumber\":\"m\",\"email\":\"e\",\"address\":\"ad\",\"city\":\"ci\","
                + "\"country\":\"co\",\"postcode\":\"p\",\"contact\":\"ct\",\"referenceId\":\"r\"}";
        String answer = "{\"status\":0,\"data\":{\"total\":1,\"items\":[" + full + "]}}";
        create(full);

        api.get("/customers").body(is(answer));
        api.post("/customers/data", "").body(is(answer));
        api.get("/customers/a/c").body(is(answer));
    }

    @Test
    void a_customer_is_found_only_in_its_own_group() {
        create("{\"name\":\"c\",\"city\":\"in a\",\"groupName\":\"a\"}", "{\"name\":\"c\",\"city\":\"in none\"}");

        api.get("/customers/c")
                .statusCode(200)
                .body("data.total", is(1))
                .body("data.items.city", is(List.of("in none")));
        api.get("/customers/a/c").statusCode(200).body("data.items.city", is(List.of("in a")));
        api.get("/customers/b/c").statusCode(404).body("status", is(2101));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /customers/x        | 2101 | There is no customer "x" without a customer group.
            /customers/a/x      | 2101 | There is no customer "x" in the customer group "a".
            /customers/nobody/c | 2001 | There is no customer group "nobody".
            """)
    void a_missing_customer_is_2101_and_a_missing_group_is_2001(String path, int status, String msg) {
        create("{\"name\":\"c\"}");

        api.get(path).statusCode(404).body("status", is(status)).body("msg", is(msg));
        api.delete(path).statusCode(404).body("status", is(status)).body("msg", is(msg));
        api.get("/customers").body("data.total", is(1));
    }

    @Test
    void deleting_a_customer_answers_its_name_and_group() {
        create("{\"name\":\"c\",\"city\":\"x\",\"groupName\":\"a\"}", "{\"name\":\"c\",\"city\":\"y\"}");

        api.delete("/customers/a/c")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\",\"groupName\":\"a\"}]}}"));
        api.get("/customers/c").body("data.items.city", is(List.of("y")));
        api.delete("/customers/c").statusCode(200).body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\"}]}}"));
        api.delete("/customers/c").statusCode(404).body("status", is(2101));
        api.get("/customers").body("data.total", is(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "客户", "a b", "a+b", "100%", "a?b", "a#b",
                "a;b=c", "a/b", "/", "\uD83D\uDE00", "a%2Fb", "data",
                "customers", "..."
            })
    void every_legal_name_of_a_customer_and_a_group_works_in_the_path(String name) {
        api.post("/customer_groups", "{\"name\":\"" + name + "\"}").statusCode(200);
        create("{\"name\":\"" + name + "\"}", "{\"name\":\"" + name + "\",\"groupName\":\"" + name + "\"}");

        for (String path : List.of(segment(name), segment(name) + "/" + segment(name))) {
            api.get("/customers/" + path).statusCode(200).body("data.items.name", is(List.of(name)));
            api.delete("/customers/" + path).statusCode(200);
            api.get("/customers/" + path).statusCode(404).body("status", is(2101));
        }
    }

    @Test
    void names_in_the_path_of_255_four_byte_code_points_fit() {
        String name = "\uD83D\uDE00".repeat(255);
        api.post("/customer_groups", "{\"name\":\"" + name + "\"}").statusCode(200);
        create("{\"name\":\"" + name + "\",\"groupName\":\"" + name + "\"}");

        api.get("/customers/" + segment(name) + "/" + segment(name)).statusCode(200);
        api.get("/customers/" + segment(name + "a")).statusCode(400).body("status", is(1001));
        api.get("/customers/" + segment(name + "a") + "/x").statusCode(400).body("status", is(1001));
    }

    @Test
    void post_to_data_is_the_search_and_every_other_method_reaches_the_customer() {
        create("{\"name\":\"data\"}", "{\"name\":\"other\"}");

        api.post("/customers/data", "{}").body("data.total", is(2));
        api.get("/customers/data").body("data.items.name", is(List.of("data")));
        api.delete("/customers/data").statusCode(200);
        api.get("/customers").body("data.items.name", is(List.of("other")));
    }

    private void create(String... customers) {
        api.post("/customers", "[" + String.join(",", customers) + "]").statusCode(200);
    }
}
