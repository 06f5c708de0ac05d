package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 3.5 and 4.1: listing a group's customers, and the rules that both batch calls share. */
@QuarkusTest
class MembersTest extends ApiTest {

    private final Members members = new Members(api);

    @BeforeEach
    void two_groups() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @Test
    void an_empty_group_has_an_empty_page() {
        members.list("a", "{\"status\":0,\"data\":{\"total\":0,\"items\":[]}}");
    }

    @Test
    void members_are_listed_by_name_with_their_group_in_pages() {
        members.add("a", "[{\"name\":\"z\"},{\"name\":\"B\"},{\"name\":\"中\"},{\"name\":\"a\"}]")
                .statusCode(200);
        members.add("b", "[{\"name\":\"elsewhere\"}]").statusCode(200);

        api.get("/customer_groups/a/customers?offset=1&limit=2")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":["
                        + "{\"name\":\"a\",\"groupName\":\"a\"},{\"name\":\"z\",\"groupName\":\"a\"}]}}"));
        api.get("/customer_groups/a/customers?offset=4").body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":[]}}"));
    }

    @Test
    void the_form_of_the_whole_batch_is_checked_before_any_entry() {
        members.add("nobody", "[{\"name\":\"c\",\"groupName\":\"nobody\"},{\"name\":\"\"}]")
                .statusCode(400)
                .body("status", is(1001))
                .body("msg", containsString("[1].name"));
        members.remove("nobody", "[{\"name\":\"c\"},{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(400)
                .body("status", is(1001))
                .body("msg", containsString("[1].groupName"));
    }

    @Test
    void a_batch_has_1_to_1000_entries() {
        for (Batch call : List.<Batch>of(members::add, members::remove)) {
            call.send("a", "[]").statusCode(400).body("status", is(1001));
            call.send("a", batch(1001)).statusCode(400).body("status", is(1001)).body("msg", containsString("1001"));
        }

        members.add("a", batch(1000)).statusCode(200).body("data.items.size()", is(1000));
        api.get("/customer_groups/a/customers").body("data.total", is(1000));
        members.remove("a", batch(1000)).statusCode(200).body("data.items.size()", is(1000));
        api.get("/customer_groups/a/customers").body("data.total", is(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}", "{\"name\":\"c\"}",
                "\"c\"", "null",
                "[null]", "[[]]",
                "[\"c\"]", "[{}]",
                "[{\"name\":null}]", "[{\"name\":5}]",
                "[{\"name\":\"c\",\"groupName\":5}]", "[{\"name\":\"c\",\"group\":\"a\"}]",
                "[{\"name\":\"c\",\"name\":\"c\"}]", "[{\"name\":\"c\"}",
                "[{\"name\":\"c\"}]]", "[{\"name\":\"\\u0000\"}]",
                "[{\"name\":\"c\",\"groupName\":\".\"}]", "[{\"name\":\"c\",\"groupName\":\"\\ud800\"}]",
                ""
            })
    void a_body_that_is_not_a_batch_is_1001(String body) {
        members.add("a", body).statusCode(400).body("status", is(1001));
        members.remove("a", body).statusCode(400).body("status", is(1001));
    }

    private interface Batch {
        ValidatableResponse send(String group, String body);
    }

    private static String batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"name\":\"customer_" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
