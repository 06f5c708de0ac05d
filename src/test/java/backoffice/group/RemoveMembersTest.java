package backoffice.group;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 4.4: taking customers out of the group b. There are the groups a and b. */
@QuarkusTest
class RemoveMembersTest extends ApiTest {

    private final Members members = new Members(api);

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
    void the_first_entry_that_fails_decides_and_nothing_changes(String before, String batch, int status, String place) {
        members.given(List.of("a", "b"), before);
        String stored = members.all();

        members.remove("b", Members.batch(batch)).body("status", is(status)).body("msg", containsString(place));

        assertEquals(stored, members.all());
    }
}
