package backoffice.customer;

import static org.hamcrest.Matchers.*;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/adr/0009: a row that SQL by hand has written, with a name that no client can send, breaks no list. */
@QuarkusTest
class IllegalRowsTest extends ApiTest {

    private static final String LONG = "x".repeat(256);
    private static final String NAMES = "(values (' '), ('..'), ('a' || chr(1)), ('%s')) n (name)".formatted(LONG);

    @BeforeEach
    void names_that_no_client_can_send() {
        createGroups("g");
        Sql.execute(
                "insert into customer_group (vendor, name) select 'acme', name from " + NAMES + """
                ; insert into customer (vendor, name, group_id, reg_date, reference_id)
                select 'acme', n.name, g.id, '2026-01-05', 'of ' || g.name || ' ' || n.name
                from customer_group g, %s where g.name in ('g', ' ')
                """.formatted(NAMES));
    }

    @Test
    void every_page_has_them_as_they_are() {
        assertNames(api.get("/customer_groups"), 5, " ", "..", "a\u0001", "g", LONG);
        assertNames(api.post("/customer_groups/data", "{}"), 5, " ", "..", "a\u0001", "g", LONG);
        assertNames(api.get("/customer_groups/g/customers"), 4, " ", "..", "a\u0001", LONG);
        assertNames(api.get("/customers?limit=3"), 8, " ", " ", "..");
        api.get("/customers?limit=1000")
                .statusCode(200)
                .body("data.items", hasSize(8))
                .body("data.items[0].groupName", is(" "));
        assertNames(
                api.post("/customers/data", "{'querys':[{'name':'name','values':['..']}]}".replace('\'', '"')),
                2,
                "..",
                "..");
    }

    @Test
    void a_batch_that_meets_one_is_judged_by_its_own_entries() {
        api.post("/customers", "[{\"name\":\"new\",\"referenceId\":\"of g  \"}]")
                .statusCode(409)
                .body("status", is(2103));
        api.post("/customers", "[{\"name\":\" \"}]").statusCode(400).body("status", is(1001));
        api.get("/customers/%20").statusCode(400).body("status", is(1001));
    }

    private static void assertNames(ValidatableResponse page, int total, String... names) {
        page.statusCode(200).body("data.total", is(total)).body("data.items.name", contains(names));
    }
}
