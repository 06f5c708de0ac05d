package backoffice.group;

import static backoffice.testsupport.Api.segment;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 4.1 and 4.2: the calls on groups. */
@QuarkusTest
public class CustomerGroupResourceTest extends ApiTest {

    @Test
    void an_empty_list_has_an_empty_page() {
        for (String list : List.of("/customer_groups", "/customers", "/customer_groups/a/customers")) {
            api.get(list).statusCode(200).body(is("{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}"));
            createGroups("a");
        }
    }

    @Test
    void groups_are_listed_by_code_point() {
        // Given names whose order differs between code points, UTF-16 units and languages
        createGroups("b", "a", "A", "é", "中", "Z", "\uD83D\uDE00", "\uFFFD", " x");

        api.get("/customer_groups")
                .statusCode(200)
                .body(
                        "data.items.name",
                        equalTo(List.of(" x", "A", "Z", "a", "b", "é", "中", "\uFFFD", "\uD83D\uDE00")));
    }

    @Test
    void a_page_has_the_requested_items_and_past_the_end_none_and_the_total_of_the_list() {
        createGroups("g0", "g1", "g2", "g3");

        api.get("/customer_groups?offset=1&limit=2")
                .body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":[{\"name\":\"g1\"},{\"name\":\"g2\"}]}}"));
        for (int offset : new int[] {4, 5, Integer.MAX_VALUE}) {
            api.get("/customer_groups?offset=" + offset).body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":[]}}"));
        }
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
        for (int time = 0; time < 2; time++) {
            api.post("/customer_groups", json("test_group"))
                    .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"test_group\"}]}}"));
        }
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
        String path = "/customer_groups/" + segment(name);
        String customer = "/customers/" + segment(name) + "/" + segment(name);
        api.post("/customer_groups", json(name)).statusCode(200);
        api.post(path + "/customers", "[" + json(name) + "]").statusCode(200);

        for (String read : List.of(path, customer)) {
            api.get(read).statusCode(200).body("data.total", is(1)).body("data.items.name", equalTo(List.of(name)));
        }
        api.delete(customer).statusCode(200);
        api.get(customer).statusCode(404).body("status", is(2101));
        api.patch(path, json(name + "2")).statusCode(200);
        api.get(path).statusCode(404).body("status", is(2001));
        api.delete("/customer_groups/" + segment(name + "2")).statusCode(200);
        api.get("/customer_groups").body("data.total", is(0));
    }

    @Test
    void names_have_up_to_255_code_points() {
        String longest = "\uD83D\uDE00".repeat(255);
        createGroups(longest);
        api.post("/customer_groups/" + segment(longest) + "/customers", "[" + json(longest) + "]")
                .statusCode(200);
        api.get("/customers/" + segment(longest) + "/" + segment(longest)).body("data.items[0].name", is(longest));

        api.post("/customer_groups", json(longest + "a")).statusCode(400).body("status", is(1001));
        for (String path : List.of("/customer_groups/", "/customers/", "/customers/a/")) {
            api.get(path + segment(longest + "a")).statusCode(400).body("status", is(1001));
        }
    }

    @Test
    void a_group_that_does_not_exist_is_2001_for_every_call() {
        String path = "/customer_groups/nobody";

        for (var answer : List.of(
                api.get(path),
                api.patch(path, json("x")),
                api.post(path, json("x")),
                api.delete(path),
                api.get(path + "/customers"),
                api.post(path + "/customers", "[{\"name\":\"c\"}]"),
                api.delete(path + "/customers", "[{\"name\":\"c\"}]"))) {
            answer.statusCode(404).body(is("{\"status\":2001,\"msg\":\"There is no customer group \\\"nobody\\\".\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST"})
    void renaming_keeps_the_customers_and_takes_its_own_name_and_no_name_of_another_group(String method) {
        createGroups("old", "New");
        api.post("/customer_groups/old/customers", "[{\"name\":\"c\"}]").statusCode(200);

        api.send(method, "/customer_groups/old", json("new"))
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"new\"}]}}"));

        api.get("/customer_groups/new/customers")
                .body(is("{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"new\"}]}}"));
        api.send(method, "/customer_groups/new", json("new")).body("data.items[0].name", is("new"));
        api.send(method, "/customer_groups/new", json("New"))
                .body(is("{\"status\":2002,\"msg\":\"There is already a customer group \\\"New\\\".\"}"));
    }

    @Test
    void a_group_named_data_is_read_and_renamed_while_post_to_it_is_the_search() {
        createGroups("data", "other");

        api.get("/customer_groups/data").body("data.items.name", equalTo(List.of("data")));
        api.post("/customer_groups/data", "{}").body("data.total", is(2));
        api.post("/customer_groups/data", json("renamed")).statusCode(400).body("status", is(1001));
        api.patch("/customer_groups/data", json("renamed")).statusCode(200);
        api.get("/customer_groups/renamed").statusCode(200);
    }

    @Test
    void a_group_that_holds_customers_is_never_deleted_and_deleting_an_empty_one_answers_its_name() {
        createGroups("a");
        api.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]").statusCode(200);

        api.delete("/customer_groups/a").body("status", is(2003)).body("msg", containsString("\"a\""));
        api.get("/customer_groups/a").statusCode(200);

        api.delete("/customer_groups/a/customers", "[{\"name\":\"c\"}]").statusCode(200);
        api.delete("/customer_groups/a").body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"a\"}]}}"));
        api.delete("/customer_groups/a").statusCode(404).body("status", is(2001));
        assertEquals(1, Sql.number("select count(*) from customer"), "the customer lives on");
    }

    @Test
    void concurrent_reads_share_connections_and_each_client_gets_the_group_that_it_asks_for() {
        // Given every second of 50 groups, for one vendor
        Sql.execute(
                "insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(0, 48, 2) i");

        // When the clients of two vendors read one group each
        List<Callable<String>> reads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String path = "/customer_groups/g" + i;
            reads.add(() -> api.get(path).extract().asString());
            reads.add(() -> Api.as(Vendors.GLOBEX).get(path).extract().asString());
        }
        List<String> answers = Race.run(reads);

        // Then the vendor gets its existing groups, and all other answers are 2001
        for (int i = 0; i < answers.size(); i++) {
            String expected = i % 4 == 0 ? "\"name\":\"g" + i / 2 + "\"" : "\"status\":2001";
            assertTrue(answers.get(i).contains(expected), answers.get(i));
        }
    }

    private static String json(String name) {
        return "{\"name\":\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
}
