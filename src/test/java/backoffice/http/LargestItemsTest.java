package backoffice.http;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.OtherSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer is never larger than what its call acquires before it reads: items times the size that {@link Route} has. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class LargestItemsTest extends ApiTest {

    private static final String GROUP = "😀".repeat(255);
    private static final String CUSTOMER = "😁".repeat(255);

    /** It has one byte as text and six bytes in JSON. */
    private static final String CONTROL_CHARACTER = "\\u0001";

    @BeforeEach
    void the_largest_group_customer_and_change() {
        createGroups(GROUP);
        for (int others : new int[] {1, 0}) {
            String text = "x".repeat(others) + CONTROL_CHARACTER.repeat(255 - others);
            String members = Stream.of(
                            "officeNumber mobileNumber email address city country postcode contact referenceId"
                                    .split(" "))
                    .map(member -> ",\"%s\":\"%s\"".formatted(member, text))
                    .collect(joining());
            api.with("x-bit-req-id", String.valueOf(others).repeat(128))
                    .with("x-correlation-id", "x".repeat(64))
                    .post(
                            "/customers",
                            "[{\"name\":\"%s\",\"groupName\":\"%s\",\"description\":\"%s\"%s}]"
                                    .formatted(CUSTOMER, GROUP, CONTROL_CHARACTER.repeat(2000), members))
                    .statusCode(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "GROUPS, GET, /customer_groups",
        "GROUP_SEARCH, POST, /customer_groups/data",
        "GROUP_MEMBERS, GET, /customer_groups/{group}/customers",
        "CUSTOMERS, GET, /customers",
        "CUSTOMERS, PATCH, /customers",
        "CUSTOMER_SEARCH, POST, /customers/data",
    })
    void the_size_of_an_item_is_that_of_the_largest_one(Route route, String method, String path) {
        String body =
                method.equals("PATCH") ? "[{\"name\":\"%s\",\"groupName\":\"%s\"}]".formatted(CUSTOMER, GROUP) : "{}";

        String answer = api.send(method, path.replace("{group}", Api.segment(GROUP)), method.equals("GET") ? "" : body)
                .statusCode(200)
                .extract()
                .asString();

        String item = answer.substring(answer.indexOf('[') + 1, answer.lastIndexOf(']')) + ",";
        assertEquals(route.itemBytes(), item.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void the_largest_change_is_not_larger_than_an_item_of_the_history() {
        int bytes = api.get("/backoffice/history?limit=1").extract().asByteArray().length;

        assertThat(bytes, both(lessThanOrEqualTo(Route.HISTORY.itemBytes())).and(greaterThan(50_000)));
    }
}
