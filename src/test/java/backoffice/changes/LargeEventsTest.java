package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, sections 10.2 and 10.3: a page of events has about 1 MiB at most. */
@Tag("slow")
@QuarkusTest
@TestProfile(ChangesOn.class)
class LargeEventsTest {

    private static final int CUSTOMERS = 1000;
    private static final int CUSTOMERS_OF_A_CALL = 100;
    private static final int MAX_BYTES = 1_200_000;
    private static final String DESCRIPTION = "𠮷".repeat(2000);

    private final Api acme = Api.as(Vendors.ACME);
    private final Feed feed = new Feed(Vendors.ACME);

    /** Large customers that ten calls have created, and that one call has changed. */
    @BeforeEach
    void large_events() {
        Sql.clean();
        for (int first = 0; first < CUSTOMERS; first += CUSTOMERS_OF_A_CALL) {
            acme.post("/customers", batch(first, CUSTOMERS_OF_A_CALL, ",\"description\":\"" + DESCRIPTION + "\""))
                    .statusCode(200);
        }
        acme.patch("/customers", batch(0, CUSTOMERS, ",\"city\":\"Wuhan\"")).statusCode(200);
    }

    @Test
    void the_feed_has_each_large_event_once_in_pages_of_a_mebibyte() {
        List<String> ids = new ArrayList<>();
        int pages = 0;
        while (true) {
            String after = ids.isEmpty() ? "" : "&wait=0&after=" + ids.get(ids.size() - 1);
            Response page = feed.get("/changes?limit=1000" + after).extract().response();
            List<String> added = page.jsonPath().getList("id");
            if (added.isEmpty()) {
                break;
            }
            assertIsFullPage(page, 2 * CUSTOMERS - ids.size() - added.size());
            ids.addAll(added);
            pages++;
        }

        assertEquals(2 * CUSTOMERS, ids.stream().distinct().count());
        assertEquals(2 * CUSTOMERS, ids.size());
        assertThat(pages, lessThan(30));
    }

    @Test
    void the_history_has_each_large_event_once_and_tells_where_it_ends() {
        List<String> ids = new ArrayList<>();
        String path = "/history?limit=1000";
        while (path != null) {
            Response page = feed.get(path).extract().response();
            ids.addAll(page.jsonPath().getList("id"));
            assertIsFullPage(page, 2 * CUSTOMERS - ids.size());
            path = next(page);
        }

        assertEquals(2 * CUSTOMERS, ids.stream().distinct().count());
        assertEquals(2 * CUSTOMERS, ids.size());
    }

    @ParameterizedTest
    @CsvSource({
        "'/history?customer=c7&limit=1', </backoffice/history?customer=c7&before=ID&limit=1>; rel=\"next\"",
        "'/history?customer=c7&limit=3', ",
        "'/history?group=a%20%26&limit=1', </backoffice/history?group=a%20%26&before=ID&limit=1>; rel=\"next\"",
    })
    void a_history_that_goes_on_has_the_address_of_the_next_page(String path, String link) {
        acme.post("/customer_groups", "{\"name\":\"a &\"}");

        Response page = feed.get(path).extract().response();

        List<String> ids = page.jsonPath().getList("id");
        assertEquals(link == null ? null : link.replace("ID", ids.get(ids.size() - 1)), page.header("Link"));
    }

    private static void assertIsFullPage(Response page, int remaining) {
        assertThat(
                page.asByteArray().length, both(lessThan(MAX_BYTES)).and(greaterThan(remaining > 0 ? 1_000_000 : 0)));
    }

    private static String next(Response page) {
        String link = page.header("Link");
        return link == null ? null : link.replaceFirst("</backoffice(.*)>; rel=\"next\"", "$1");
    }

    private static String batch(int first, int number, String members) {
        return IntStream.range(first, first + number)
                .mapToObj(i -> "{\"name\":\"c%d\"%s}".formatted(i, members))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
