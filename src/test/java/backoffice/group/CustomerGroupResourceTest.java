package backoffice.group;

import static backoffice.testsupport.Api.segment;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 4.1 and 4.2: the calls on groups. */
@QuarkusTest
public class CustomerGroupResourceTest extends ApiTest {

    @Test
    void a_vendor_without_groups_gets_an_empty_page() {
        api.get("/customer_groups").statusCode(200).body(is("{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}"));
    }

    @Test
    void groups_are_listed_by_code_point() {
        // Given names whose order differs between code points, UTF-16 units and languages
        createAll("b", "a", "B", "é", "中", "Z", "\uD83D\uDE00", "\uFFFD", " x");

        api.get("/customer_groups")
                .statusCode(200)
                .body(
                        "data.items.name",
                        equalTo(List.of(" x", "B", "Z", "a", "b", "é", "中", "\uFFFD", "\uD83D\uDE00")));
    }

    @Test
    void a_page_has_the_requested_items_and_the_total_of_the_list() {
        createAll("g0", "g1", "g2", "g3");

        api.get("/customer_groups?offset=1&limit=2")
                .body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":[{\"name\":\"g1\"},{\"name\":\"g2\"}]}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "5", "2147483647"})
    void an_offset_past_the_end_gives_no_items_and_the_true_total(String offset) {
        createAll("g0", "g1", "g2", "g3");

        api.get("/customer_groups?offset=" + offset)
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":[]}}"));
    }

    @Test
    void a_page_has_50_items_by_default_and_at_most_1000() {
        Sql.execute(
                "insert into customer_group (vendor, name) select 'acme', 'g' || n from generate_series(1, 1001) n");

        api.get("/customer_groups").body("data.total", is(1001)).body("data.items", hasSize(50));
        api.get("/customer_groups?limit=1000").body("data.total", is(1001)).body("data.items", hasSize(1000));
    }

    @Test
    void creating_a_group_answers_it_and_creating_it_again_answers_the_same() {
        String answer = "{\"status\":0,\"data\":{\"items\":[{\"name\":\"test_group\"}]}}";

        api.post("/customer_groups", "{\"name\":\"test_group\"}")
                .statusCode(200)
                .body(is(answer));
        api.post("/customer_groups", "{\"name\":\"test_group\"}")
                .statusCode(200)
                .body(is(answer));

        api.get("/customer_groups").body("data.total", is(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "客户组", "a b", " leading and trailing ", "a+b", "100%", "a?b",
                "a#b", "a;b=c", "a/b", "/", "\uD83D\uDE00", "a%2Fb",
                "data", "customers", "...", "\"quoted\"", "back\\slash", "'; drop table customer_group; --",
                "\u0085x", "&amp;", "|{}^`<>[]@:$!*(),~"
            })
    void every_legal_name_can_be_created_read_renamed_and_deleted_by_its_path(String name) {
        api.post("/customer_groups", json(name)).statusCode(200);

        api.get("/customer_groups/" + segment(name))
                .statusCode(200)
                .body("data.total", is(1))
                .body("data.items.name", equalTo(List.of(name)));
        api.patch("/customer_groups/" + segment(name), json(name + "2")).statusCode(200);
        api.get("/customer_groups/" + segment(name)).statusCode(404).body("status", is(2001));
        api.delete("/customer_groups/" + segment(name + "2")).statusCode(200);
        api.get("/customer_groups").body("data.total", is(0));
    }

    @Test
    void names_have_up_to_255_code_points() {
        String longest = "\uD83D\uDE00".repeat(255);
        api.post("/customer_groups", json(longest)).statusCode(200);
        api.get("/customer_groups/" + segment(longest)).statusCode(200).body("data.items[0].name", is(longest));

        api.post("/customer_groups", json(longest + "a")).statusCode(400).body("status", is(1001));
        api.get("/customer_groups/" + segment(longest + "a")).statusCode(400).body("status", is(1001));
    }

    @Test
    void names_are_case_sensitive() {
        createAll("a", "A");

        api.get("/customer_groups").body("data.total", is(2));
        api.patch("/customer_groups/a", json("A")).statusCode(409);
    }

    @Test
    void a_group_that_does_not_exist_is_2001_for_every_call() {
        String path = "/customer_groups/nobody";
        String msg = "There is no customer group \"nobody\".";

        for (var answer : List.of(
                api.get(path),
                api.patch(path, json("x")),
                api.post(path, json("x")),
                api.delete(path),
                api.get(path + "/customers"),
                api.post(path + "/customers", "[{\"name\":\"c\"}]"),
                api.delete(path + "/customers", "[{\"name\":\"c\"}]"))) {
            answer.statusCode(404).body(is("{\"status\":2001,\"msg\":\"" + msg.replace("\"", "\\\"") + "\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST"})
    void renaming_keeps_the_customers(String method) {
        createAll("old");
        api.post("/customer_groups/old/customers", "[{\"name\":\"c\"}]").statusCode(200);

        api.send(method, "/customer_groups/old", json("new"))
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"new\"}]}}"));

        api.get("/customer_groups/new/customers")
                .body(is("{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"new\"}]}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST"})
    void renaming_to_the_name_of_another_group_is_2002(String method) {
        createAll("a", "b");

        api.send(method, "/customer_groups/a", json("b"))
                .statusCode(409)
                .body(is("{\"status\":2002,\"msg\":\"There is already a customer group \\\"b\\\".\"}"));
    }

    @Test
    void renaming_a_group_to_its_own_name_succeeds() {
        createAll("a");

        api.patch("/customer_groups/a", json("a"))
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"a\"}]}}"));
    }

    @Test
    void a_group_named_data_is_read_and_renamed_while_post_to_it_is_the_search() {
        createAll("data", "other");

        api.get("/customer_groups/data").body("data.items.name", equalTo(List.of("data")));
        api.post("/customer_groups/data", "{}").body("data.total", is(2));
        api.post("/customer_groups/data", json("renamed")).statusCode(400).body("status", is(1001));
        api.patch("/customer_groups/data", json("renamed")).statusCode(200);
        api.get("/customer_groups/renamed").statusCode(200);
    }

    @Test
    void deleting_a_group_answers_its_name() {
        createAll("a");

        api.delete("/customer_groups/a")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"a\"}]}}"));
        api.delete("/customer_groups/a").statusCode(404).body("status", is(2001));
    }

    @Test
    void a_group_that_holds_customers_is_never_deleted() {
        createAll("a");
        api.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]").statusCode(200);

        api.delete("/customer_groups/a")
                .statusCode(409)
                .body("status", is(2003))
                .body("msg", containsString("\"a\""));
        api.get("/customer_groups/a").statusCode(200);

        api.delete("/customer_groups/a/customers", "[{\"name\":\"c\"}]").statusCode(200);
        api.delete("/customer_groups/a").statusCode(200);
        assertEquals(1, Sql.number("select count(*) from customer"), "the customer lives on");
    }

    private void createAll(String... names) {
        for (String name : names) {
            api.post("/customer_groups", json(name)).statusCode(200);
        }
    }

    private static String json(String name) {
        return "{\"name\":\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
}
