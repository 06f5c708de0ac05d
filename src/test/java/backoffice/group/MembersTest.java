package backoffice.group;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 3.5 and 4.1 to 4.4: the customers of a group. The calls add customers to b, and take them out of b. */
@QuarkusTest
public class MembersTest extends ApiTest {

    @BeforeEach
    void three_groups() {
        createGroups("a", "b", "c");
    }

    @Test
    void members_are_listed_by_name_with_their_group_in_pages() {
        given("a/z a/B a/中 a/a b/elsewhere");

        api.get("/customer_groups/a/customers?offset=1&limit=2")
                .body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":["
                        + "{\"name\":\"a\",\"groupName\":\"a\"},{\"name\":\"z\",\"groupName\":\"a\"}]}}"));
        api.get("/customer_groups/a/customers?offset=4").body(is("{\"status\":0,\"data\":{\"total\":4,\"items\":[]}}"));
    }

    @Test
    void a_batch_has_1_to_1000_entries() {
        String batch = Api.batch(0, 1000, "{\"name\":\"customer_%d\"}"::formatted);
        String longer = Api.batch(0, 1001, "{\"name\":\"customer_%d\"}"::formatted);
        for (String method : List.of("POST", "DELETE")) {
            send(method, "a", "[]").statusCode(400).body("status", is(1001));
            send(method, "a", longer).body("status", is(1001)).body("msg", containsString("1001"));
            send(method, "a", batch).statusCode(200).body("data.items.size()", is(1000));
            api.get("/customer_groups/a/customers").body("data.total", is(method.equals("POST") ? 1000 : 0));
        }
    }

    @Test
    void a_created_customer_is_answered_with_its_group_and_gets_the_present_time_in_the_configured_zone() {
        send("POST", "b", "[{\"name\":\"new\"}]")
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"new\",\"groupName\":\"b\"}]}}"));

        assertEquals(
                1,
                Sql.number("select count(*) from customer where abs(extract(epoch from"
                        + " reg_date - (now() at time zone 'Asia/Shanghai'))) < 60"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"groupName\":null", ",\"groupName\":\"\""})
    void an_absent_a_null_and_an_empty_groupName_move_the_same_customer_without_a_group(String groupName) {
        given("/c");
        long id = Sql.number("select id from customer");

        send("POST", "b", "[{\"name\":\"c\"" + groupName + "}]").statusCode(200);

        assertEquals(id, Sql.number("select id from customer"));
        assertEquals("b/c", all());
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
        given(before);

        send("POST", "b", batch(batch)).statusCode(200).body("data.items.name", equalTo(List.of(answer.split(" "))));

        assertEquals(afterwards, all());
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
            # The form of all entries is checked first.
            b/Ann       | x/Bob .               | 1001 | 1
            """)
    void the_first_added_entry_that_fails_decides_and_nothing_changes(
            String before, String batch, int status, int entry) {
        given(before);
        String stored = all();

        send("POST", "b", batch(batch)).body("status", is(status)).body("msg", containsString("[" + entry + "]"));

        assertEquals(stored, all());
    }

    @Test
    void customers_live_on_without_a_group_and_one_that_is_named_twice_counts_once() {
        given("a/Ann b/Ann b/Bob b/Eve");

        send("DELETE", "b", batch("Eve b/Ann Eve b/Eve"))
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"Eve\"},{\"name\":\"Ann\"}]}}"));

        assertEquals("/Ann a/Ann b/Bob /Eve", all());
    }

    /** The columns: the customers before, the batch, the status, and the place of the entry that fails. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', textBlock = """
            b/Bob /Ann a/Ann | Bob Ann         | 2101 | [1]
            b/Bob b/Ann /Ann | Bob Ann         | 2102 | [1]
            b/Ann /Ann       | Ann Zoe         | 2102 | [0]
            b/Ann /Ann       | Zoe Ann         | 2101 | [0]
            b/Ann            | Zoe B/Bob a/Eve | 1001 | [1].groupName
            """)
    void the_first_removed_entry_that_fails_decides_and_nothing_changes(
            String before, String batch, int status, String place) {
        given(before);
        String stored = all();

        send("DELETE", "b", batch(batch)).body("status", is(status)).body("msg", containsString(place));

        assertEquals(stored, all());
    }

    private ValidatableResponse send(String method, String group, String batch) {
        return api.send(method, "/customer_groups/" + group + "/customers", batch);
    }

    /** Creates customers, each as {@code group/name}, or as {@code /name} if it has no group. */
    private void given(String customers) {
        if (!customers.isEmpty()) {
            api.post("/customers", batch(customers)).statusCode(200);
        }
    }

    /** All customers in the order of the list, in the form of {@link #given}. */
    private String all() {
        List<Map<String, String>> customers = api.get("/customers").extract().path("data.items");
        return customers.stream()
                .map(customer -> customer.getOrDefault("groupName", "") + "/" + customer.get("name"))
                .collect(joining(" "));
    }

    /** A batch of entries, each as {@code name} or as {@code groupName/name}. */
    private static String batch(String entries) {
        return Stream.of(entries.split(" "))
                .map(entry -> entry.split("/"))
                .map(entry -> entry.length == 1
                        ? "{\"name\":\"%s\"}".formatted(entry[0])
                        : "{\"name\":\"%s\",\"groupName\":\"%s\"}".formatted(entry[1], entry[0]))
                .collect(joining(",", "[", "]"));
    }
}
