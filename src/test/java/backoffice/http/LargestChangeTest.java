package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import backoffice.history.HistoryOn;
import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** A page of the history is never larger than what its call acquires before it reads. */
@QuarkusTest
@TestProfile(HistoryOn.class)
class LargestChangeTest extends ApiTest {

    private static final String NAME = "😀".repeat(255);

    @Test
    void the_size_of_an_item_is_that_of_the_largest_change() {
        api.post("/customer_groups", "{\"name\":\"" + NAME + "\"}").statusCode(200);
        for (String end : new String[] {"a", "b"}) {
            String texts = LargestItemsTest.texts("\\u0001".repeat(254) + end);
            api.with("x-bit-req-id", end.repeat(128))
                    .with("x-correlation-id", end.repeat(64))
                    .post(
                            "/customers",
                            "[{\"name\":\"%s\",\"groupName\":\"%s\",\"description\":\"%s\"%s}]"
                                    .formatted(NAME, NAME, "\\u0001".repeat(2000), texts))
                    .statusCode(200);
        }

        int bytes = api.get("/backoffice/history?limit=1").extract().asByteArray().length;

        assertThat(bytes, both(lessThanOrEqualTo(Route.HISTORY.itemBytes())).and(greaterThan(50_000)));
    }
}
