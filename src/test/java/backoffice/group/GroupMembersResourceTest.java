package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract, section 4: the calls on a group's customers. */
@QuarkusTest
class GroupMembersResourceTest {

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void two_groups() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @Test
    void an_empty_group_has_an_empty_page() {
        list("a", "{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}");
    }

    @Test
    void members_are_listed_by_name_with_their_group_a_page_at_a_time() {
        add("a", "[{\"name\":\"z\"},{\"name\":\"B\"},{\"name\":\"中\"},{\"name\":\"a\"}]")
                .statusCode(200);
        add("b", "[{\"name\":\"elsewhere\"}]").statusCode(200);

        api.get("/customer_groups/a/customers?offset=1&limit=2")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":["
                        + "{\"name\":\"a\",\"groupName\":\"a\"},{\"name\":\"z\",\"groupName\":\"a\"}]}}"));
        api.get("/customer_groups/a/customers?offset=4").body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":[]}}"));
    }

    @Test
    void a_name_that_nobody_has_is_created_in_the_group() {
        add("a", "[{\"name\":\"new\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"new\",\"groupName\":\"a\"}]}}"));

        list("a", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"new\",\"groupName\":\"a\"}]}}");
    }

    @Test
    void a_created_customer_is_registered_now_in_the_configured_zone() {
        add("a", "[{\"name\":\"new\"}]").statusCode(200);

        assertEquals(
                1,
                Sql.number("select count(*) from customer where abs(extract(epoch from"
                        + " reg_date - (now() at time zone 'Asia/Shanghai'))) < 60"));
    }

    @Test
    void a_customer_moves_from_the_group_that_it_is_in() {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);

        add("b", "[{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\",\"groupName\":\"b\"}]}}"));

        list("a", "{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}");
        list("b", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"b\"}]}}");
        assertEquals(1, Sql.number("select count(*) from customer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\":\"c\"}", "{\"name\":\"c\",\"groupName\":null}", "{\"name\":\"c\",\"groupName\":\"\"}"
            })
    void a_customer_without_a_group_moves_in_when_no_group_is_named(String entry) {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);
        remove("a", "[{\"name\":\"c\"}]").statusCode(200);
        long id = Sql.number("select id from customer");

        add("b", "[" + entry + "]").statusCode(200);

        assertEquals(id, Sql.number("select id from customer"), "it is the same customer");
        list("b", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"b\"}]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"c\"}", "{\"name\":\"c\",\"groupName\":\"a\"}"})
    void adding_a_customer_that_is_in_the_group_changes_nothing(String entry) {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);

        add("a", "[" + entry + "]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\",\"groupName\":\"a\"}]}}"));

        assertEquals(1, Sql.number("select count(*) from customer"));
    }

    @Test
    void exact_duplicates_are_answered_once_in_the_order_of_the_request() {
        add(
                        "a",
                        "[{\"name\":\"z\"},{\"name\":\"y\"},{\"name\":\"z\"},{\"name\":\"x\"},{\"name\":\"y\",\"groupName\":\"\"}]")
                .statusCode(200)
                .body("data.items.name", equalTo(List.of("z", "y", "x")));
    }

    @Test
    void a_group_to_move_from_that_is_not_there_is_2001() {
        add("a", "[{\"name\":\"c\",\"groupName\":\"nobody\"}]")
                .statusCode(404)
                .body("status", is(2001))
                .body("msg", containsString("nobody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void a_customer_that_is_not_in_the_group_named_is_2101(String groupName) {
        add("a", "[{\"name\":\"c\",\"groupName\":\"" + groupName + "\"}]")
                .statusCode(404)
                .body("status", is(2101))
                .body("msg", containsString("\"c\""));
    }

    @Test
    void a_name_that_the_target_already_holds_is_2102() {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);
        add("b", "[{\"name\":\"c\"}]").statusCode(200);

        add("b", "[{\"name\":\"c\",\"groupName\":\"a\"}]").statusCode(409).body("status", is(2102));

        remove("a", "[{\"name\":\"c\"}]").statusCode(200);
        add("b", "[{\"name\":\"c\"}]").statusCode(409).body("status", is(2102));
    }

    @Test
    void a_name_that_two_entries_would_bring_in_is_2102_for_the_later() {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);

        add("b", "[{\"name\":\"x\"},{\"name\":\"c\"},{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(409)
                .body("status", is(2102))
                .body("msg", containsString("[2]"));
    }

    @Test
    void a_batch_is_done_whole_or_not_at_all() {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);

        add("b", "[{\"name\":\"new\"},{\"name\":\"c\",\"groupName\":\"a\"},{\"name\":\"x\",\"groupName\":\"a\"}]")
                .statusCode(404)
                .body("status", is(2101));

        list("b", "{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}");
        list("a", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"a\"}]}}");
    }

    @ParameterizedTest
    @CsvSource({"2001, nobody, 2101, a", "2101, a, 2001, nobody"})
    void the_first_failing_entry_decides(int first, String firstGroup, int second, String secondGroup) {
        String entry = "{\"name\":\"c\",\"groupName\":\"%s\"}";

        add("b", "[" + entry.formatted(firstGroup) + "," + entry.formatted(secondGroup) + "]")
                .body("status", is(first))
                .body("msg", containsString("[0]"));
    }

    @Test
    void the_form_of_the_whole_batch_is_judged_before_any_entry() {
        add("nobody", "[{\"name\":\"c\",\"groupName\":\"nobody\"},{\"name\":\"\"}]")
                .statusCode(400)
                .body("status", is(1001))
                .body("msg", containsString("[1].name"));
        remove("nobody", "[{\"name\":\"c\"},{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(400)
                .body("status", is(1001))
                .body("msg", containsString("[1].groupName"));
    }

    @Test
    void taking_out_leaves_the_customer_without_a_group() {
        add("a", "[{\"name\":\"c\"},{\"name\":\"d\"},{\"name\":\"e\"}]").statusCode(200);

        remove("a", "[{\"name\":\"d\",\"groupName\":\"a\"},{\"name\":\"c\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"d\"},{\"name\":\"c\"}]}}"));

        list("a", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"e\",\"groupName\":\"a\"}]}}");
        assertEquals(2, Sql.number("select count(*) from customer where group_id is null"));
    }

    @Test
    void a_customer_named_twice_is_taken_out_once() {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);

        remove("a", "[{\"name\":\"c\"},{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\"}]}}"));
    }

    @Test
    void taking_out_a_customer_that_is_not_in_the_group_is_2101() {
        add("b", "[{\"name\":\"c\"}]").statusCode(200);

        remove("a", "[{\"name\":\"c\"}]").statusCode(404).body("status", is(2101));
    }

    @Test
    void taking_out_where_a_customer_without_a_group_has_the_name_is_2102() {
        add("a", "[{\"name\":\"c\"}]").statusCode(200);
        remove("a", "[{\"name\":\"c\"}]").statusCode(200);
        add("b", "[{\"name\":\"x\"}]").statusCode(200);
        Sql.execute("insert into customer (vendor, name, group_id, reg_date)"
                + " select 'acme', 'c', id, now() from customer_group where name = 'b'");

        remove("b", "[{\"name\":\"x\"},{\"name\":\"c\"}]")
                .statusCode(409)
                .body("status", is(2102))
                .body("msg", containsString("[1]"));

        assertEquals(
                2, Sql.number("select count(*) from customer where group_id is not null"), "nothing was taken out");
    }

    @Test
    void a_batch_has_1_to_1000_entries() {
        for (Batch call : List.<Batch>of(this::add, this::remove)) {
            call.send("a", "[]").statusCode(400).body("status", is(1001));
            call.send("a", batch(1001)).statusCode(400).body("status", is(1001)).body("msg", containsString("1001"));
        }

        add("a", batch(1000)).statusCode(200).body("data.items.size()", is(1000));
        api.get("/customer_groups/a/customers").body("data.total", is(1000));
        remove("a", batch(1000)).statusCode(200).body("data.items.size()", is(1000));
        api.get("/customer_groups/a/customers").body("data.total", is(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"c\"}",
                "\"c\"",
                "null",
                "[null]",
                "[[]]",
                "[\"c\"]",
                "[{}]",
                "[{\"name\":null}]",
                "[{\"name\":5}]",
                "[{\"name\":\"c\",\"groupName\":5}]",
                "[{\"name\":\"c\",\"group\":\"a\"}]",
                "[{\"name\":\"c\",\"name\":\"c\"}]",
                "[{\"name\":\"c\"}",
                "[{\"name\":\"c\"}]]",
                "[{\"name\":\"\\u0000\"}]",
                "[{\"name\":\"c\",\"groupName\":\".\"}]",
                "[{\"name\":\"c\",\"groupName\":\"\\ud800\"}]",
                ""
            })
    void a_body_that_is_no_batch_is_1001(String body) {
        add("a", body).statusCode(400).body("status", is(1001));
        remove("a", body).statusCode(400).body("status", is(1001));
    }

    private interface Batch {
        ValidatableResponse send(String group, String body);
    }

    private ValidatableResponse add(String group, String body) {
        return api.post("/customer_groups/" + group + "/customers", body);
    }

    private ValidatableResponse remove(String group, String body) {
        return api.delete("/customer_groups/" + group + "/customers", body);
    }

    private void list(String group, String answer) {
        api.get("/customer_groups/" + group + "/customers").statusCode(200).body(is(answer));
    }

    private static String batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"name\":\"customer_" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
