package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
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

/** docs/api.md, sections 3.5 and 4.1 to 4.4: the customers of a group. The calls add customers to b, and take them out of b. */
@QuarkusTest
public class MembersTest extends ApiTest {

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
                "", "null", "{}", "[null]",
                "[{}]", "[{\"name\":5}]", "[{\"name\":\"\\u0000\"}]", "[{\"name\":\"c\",\"group\":\"a\"}]",
                "[{\"name\":\"c\",\"groupName\":5}]", "[{\"name\":\"c\",\"groupName\":\".\"}]"
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

    @Test
    void a_created_customer_is_answered_with_its_group_and_gets_the_present_time_in_the_configured_zone() {
        members.given(List.of("b"), "");

        members.add("b", "[{\"name\":\"new\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"new\",\"groupName\":\"b\"}]}}"));

        members.list("b", "{\"status\":0,\"data\":{\"total\":1,\"items\":[{\"name\":\"new\",\"groupName\":\"b\"}]}}");
        assertEquals(
                1,
                Sql.number("select count(*) from customer where abs(extract(epoch from"
                        + " reg_date - (now() at time zone 'Asia/Shanghai'))) < 60"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\":\"c\"}", "{\"name\":\"c\",\"groupName\":null}", "{\"name\":\"c\",\"groupName\":\"\"}"
            })
    void an_absent_a_null_and_an_empty_groupName_move_the_same_customer_without_a_group(String entry) {
        members.given(List.of("b"), "/c");
        long id = Sql.number("select id from customer");

        members.add("b", "[" + entry + "]").statusCode(200);

        assertEquals(id, Sql.number("select id from customer"));
        assertEquals("b/c", members.all());
    }

    /** The columns: the customers before, the batch, the names of the answer, and the customers afterwards. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            # A customer moves from the named group, and nothing changes if that is the target.
            a/Ann c/Ann /Bob | a/Ann                       | Ann             | b/Ann c/Ann /Bob
            /Ann b/Ann       | b/Ann                       | Ann             | /Ann b/Ann
            # Without a group name, a customer without a group moves. Otherwise it is created, if it is not there yet.
            a/Ann /Ann       | Ann                         | Ann             | a/Ann b/Ann
            a/Ann            | Ann                         | Ann             | a/Ann b/Ann
            a/Ann b/Ann      | Ann                         | Ann             | a/Ann b/Ann
            b/Ann            | ann ANN                     | ann ANN         | b/ANN b/Ann b/ann
            # The answer has the order of the batch. Exact duplicates are answered once, and other entries each.
            a/Bob /Ann b/Eve | Zoe a/Bob Eve Ann           | Zoe Bob Eve Ann | b/Ann b/Bob b/Eve b/Zoe
            a/Bob /Ann       | a/Bob Ann a/Bob Zoe Ann Zoe | Bob Ann Zoe     | b/Ann b/Bob b/Zoe
            b/Ann            | b/Ann Ann                   | Ann Ann         | b/Ann
            """)
    void customers_move_into_the_group_or_are_created_there(
            String before, String batch, String answer, String afterwards) {
        members.given(List.of("a", "b", "c"), before);

        members.add("b", Members.batch(batch))
                .statusCode(200)
                .body("data.items.name", equalTo(List.of(answer.split(" "))));

        assertEquals(afterwards, members.all());
    }

    /** The columns: the customers before, the batch, the status, and the index of the entry that fails. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            # The named group does not exist, or does not hold the customer, which is checked before the name.
            /Ann        | x/Ann                 | 2001 | 0
            c/Ann /Ann  | a/Ann                 | 2101 | 0
            /Ann        | b/Ann                 | 2101 | 0
            b/Ann       | a/Ann                 | 2101 | 0
            # The target already holds the name.
            a/Ann b/Ann | a/Ann                 | 2102 | 0
            b/Ann /Ann  | Ann                   | 2102 | 0
            # Two entries bring in one name, also when a duplicate of the first stands between them.
            a/Ann c/Ann | a/Ann Bob c/Ann x/Bob | 2102 | 2
            a/Ann /Ann  | a/Ann Bob Ann x/Bob   | 2102 | 2
            a/Ann /Ann  | Ann Bob a/Ann x/Bob   | 2102 | 2
            a/Ann       | a/Ann Bob Ann         | 2102 | 2
            a/Ann       | Ann Bob a/Ann         | 2102 | 2
            a/Ann /Ann  | a/Ann a/Ann Ann       | 2102 | 2
            # A customer that an earlier entry brings in is not in the target for a later entry.
            ''          | Ann b/Ann             | 2101 | 1
            /Ann        | Ann b/Ann             | 2101 | 1
            a/Ann       | a/Ann b/Ann           | 2101 | 1
            # Of several failing entries, the first one decides.
            b/Ann /Ann  | Zoe Ann x/Bob a/Bob   | 2102 | 1
            b/Ann /Ann  | x/Bob Ann             | 2001 | 0
            b/Ann /Ann  | a/Bob x/Bob           | 2101 | 0
            """)
    void the_first_added_entry_that_fails_decides_and_nothing_changes(
            String before, String batch, int status, int entry) {
        members.given(List.of("a", "b", "c"), before);
        String stored = members.all();

        members.add("b", Members.batch(batch))
                .body("status", is(status))
                .body("msg", containsString("[" + entry + "]"));

        assertEquals(stored, members.all());
    }

    @Test
    void customers_live_on_without_a_group_and_one_that_is_named_twice_counts_once() {
        members.given(List.of("a", "b"), "a/Ann b/Ann b/Bob b/Eve");

        members.remove("b", Members.batch("Eve b/Ann Eve b/Eve"))
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"Eve\"},{\"name\":\"Ann\"}]}}"));

        assertEquals("/Ann a/Ann b/Bob /Eve", members.all());
    }

    /** The columns: the customers before, the batch, the status, and the place of the entry that fails. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', textBlock = """
            b/Bob /Ann a/Ann | Bob Ann         | 2101 | [1]
            b/Bob b/Ann /Ann | Bob Ann         | 2102 | [1]
            b/Ann /Ann       | Ann Zoe         | 2102 | [0]
            b/Ann /Ann       | Zoe Ann         | 2101 | [0]
            b/Ann            | Ann B/Bob a/Eve | 1001 | [1].groupName
            """)
    void the_first_removed_entry_that_fails_decides_and_nothing_changes(
            String before, String batch, int status, String place) {
        members.given(List.of("a", "b"), before);
        String stored = members.all();

        members.remove("b", Members.batch(batch)).body("status", is(status)).body("msg", containsString(place));

        assertEquals(stored, members.all());
    }
}
