package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 4.3: adding customers to the group b. There are the groups a, b and c. */
@QuarkusTest
class AddMembersTest extends ApiTest {

    private final Members members = new Members(api);

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
    void the_first_entry_that_fails_decides_and_nothing_changes(String before, String batch, int status, int entry) {
        members.given(List.of("a", "b", "c"), before);
        String stored = members.all();

        members.add("b", Members.batch(batch))
                .body("status", is(status))
                .body("msg", containsString("[" + entry + "]"));

        assertEquals(stored, members.all());
    }
}
