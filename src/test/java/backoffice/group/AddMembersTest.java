package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 4.3: adding customers to a group. */
@QuarkusTest
class AddMembersTest {

    private final Api api = Api.as(Vendors.ACME);

    private final Members members = new Members(api);

    @BeforeEach
    void two_groups() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @Test
    void a_customer_that_does_not_exist_is_created_in_the_group() {
        members.add("a", "[{\"name\":\"new\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"new\",\"groupName\":\"a\"}]}}"));

        members.list("a", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"new\",\"groupName\":\"a\"}]}}");
    }

    @Test
    void a_created_customer_gets_the_present_time_in_the_configured_zone() {
        members.add("a", "[{\"name\":\"new\"}]").statusCode(200);

        assertEquals(
                1,
                Sql.number("select count(*) from customer where abs(extract(epoch from"
                        + " reg_date - (now() at time zone 'Asia/Shanghai'))) < 60"));
    }

    @Test
    void a_customer_moves_from_the_named_group() {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);

        members.add("b", "[{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\",\"groupName\":\"b\"}]}}"));

        members.list("a", "{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}");
        members.list("b", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"b\"}]}}");
        assertEquals(1, Sql.number("select count(*) from customer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\":\"c\"}", "{\"name\":\"c\",\"groupName\":null}", "{\"name\":\"c\",\"groupName\":\"\"}"
            })
    void a_customer_without_a_group_moves_to_the_target_when_no_group_is_named(String entry) {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);
        members.remove("a", "[{\"name\":\"c\"}]").statusCode(200);
        long id = Sql.number("select id from customer");

        members.add("b", "[" + entry + "]").statusCode(200);

        assertEquals(id, Sql.number("select id from customer"), "it is the same customer");
        members.list("b", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"b\"}]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"c\"}", "{\"name\":\"c\",\"groupName\":\"a\"}"})
    void adding_a_customer_that_is_in_the_group_changes_nothing(String entry) {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);

        members.add("a", "[" + entry + "]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\",\"groupName\":\"a\"}]}}"));

        assertEquals(1, Sql.number("select count(*) from customer"));
    }

    @Test
    void exact_duplicates_are_answered_once_in_the_order_of_the_request() {
        members.add(
                        "a",
                        "[{\"name\":\"z\"},{\"name\":\"y\"},{\"name\":\"z\"},{\"name\":\"x\"},{\"name\":\"y\",\"groupName\":\"\"}]")
                .statusCode(200)
                .body("data.items.name", equalTo(List.of("z", "y", "x")));
    }

    @Test
    void a_named_group_that_does_not_exist_is_2001() {
        members.add("a", "[{\"name\":\"c\",\"groupName\":\"nobody\"}]")
                .statusCode(404)
                .body("status", is(2001))
                .body("msg", containsString("nobody"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void a_customer_that_is_not_in_the_named_group_is_2101(String groupName) {
        members.add("a", "[{\"name\":\"c\",\"groupName\":\"" + groupName + "\"}]")
                .statusCode(404)
                .body("status", is(2101))
                .body("msg", containsString("\"c\""));
    }

    @Test
    void a_name_that_the_target_already_holds_is_2102() {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);
        members.add("b", "[{\"name\":\"c\"}]").statusCode(200);

        members.add("b", "[{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(409)
                .body("status", is(2102));

        members.remove("a", "[{\"name\":\"c\"}]").statusCode(200);
        members.add("b", "[{\"name\":\"c\"}]").statusCode(409).body("status", is(2102));
    }

    @Test
    void the_second_of_two_entries_that_bring_in_the_same_name_is_2102() {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);

        members.add("b", "[{\"name\":\"x\"},{\"name\":\"c\"},{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(409)
                .body("status", is(2102))
                .body("msg", containsString("[2]"));
    }

    @Test
    void a_batch_is_done_as_a_whole_or_not_at_all() {
        members.add("a", "[{\"name\":\"c\"}]").statusCode(200);

        members.add(
                        "b",
                        "[{\"name\":\"new\"},{\"name\":\"c\",\"groupName\":\"a\"},{\"name\":\"x\",\"groupName\":\"a\"}]")
                .statusCode(404)
                .body("status", is(2101));

        members.list("b", "{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}");
        members.list("a", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"c\",\"groupName\":\"a\"}]}}");
    }

    @ParameterizedTest
    @CsvSource({"2001, nobody, 2101, a", "2101, a, 2001, nobody"})
    void the_first_failing_entry_decides(int first, String firstGroup, int second, String secondGroup) {
        String entry = "{\"name\":\"c\",\"groupName\":\"%s\"}";

        members.add("b", "[" + entry.formatted(firstGroup) + "," + entry.formatted(secondGroup) + "]")
                .body("status", is(first))
                .body("msg", containsString("[0]"));
    }
}
