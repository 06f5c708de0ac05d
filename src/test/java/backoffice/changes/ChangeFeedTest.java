package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 10.1: the feed has an event for each change. */
@QuarkusTest
@TestProfile(ChangesOn.class)
class ChangeFeedTest extends ApiTest {

    private final Api acme = Api.as(Vendors.ACME);
    private final Feed feed = new Feed(Vendors.ACME);

    @Test
    void every_call_that_changes_something_is_in_the_feed() {
        // When
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        acme.post("/customer_groups/a/customers", "[{\"name\":\"x\"}]").statusCode(200);
        acme.post("/customers", "[{\"name\":\"y\"},{\"name\":\"x\",\"groupName\":\"a\",\"city\":\"Wuhan\"}]")
                .statusCode(200);
        acme.patch("/customers", "[{\"name\":\"y\",\"city\":\"Xiamen\"}]").statusCode(200);
        acme.post("/customer_groups/a/customers", "[{\"name\":\"y\"},{\"name\":\"x\",\"groupName\":\"a\"}]")
                .statusCode(200);
        acme.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(200);
        acme.delete("/customer_groups/b/customers", "[{\"name\":\"x\"}]").statusCode(200);
        acme.delete("/customers/x").statusCode(200);
        acme.delete("/customers/b/y").statusCode(200);
        acme.delete("/customer_groups/b").statusCode(200);

        // Then
        assertEquals(
                List.of(
                        "group.created: - > a",
                        "customer.created: - > a/x",
                        "customer.changed: a/x > a/x",
                        "customer.created: - > y",
                        "customer.changed: y > y",
                        "customer.moved: y > a/y",
                        "group.renamed: a > b",
                        "customer.moved: b/x > x",
                        "customer.deleted: x > -",
                        "customer.deleted: b/y > -",
                        "group.deleted: b > -"),
                feed.all().lines());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /customer_groups, '{\"name\":\"a\"}', 200",
        "PATCH, /customer_groups/a, '{\"name\":\"a\"}', 200",
        "PATCH, /customer_groups/a, '{\"name\":\"b\"}', 409",
        "DELETE, /customer_groups/a, '', 409",
        "POST, /customer_groups/a/customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "POST, /customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "PATCH, /customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "POST, /customers, '[{\"name\":\"z\"},{\"name\":\"z\",\"groupName\":\"nowhere\"}]', 404",
        "DELETE, /customers/y, '', 404"
    })
    void a_call_that_changes_nothing_is_not_in_the_feed(String method, String path, String body, int code) {
        acme.post("/customer_groups", "{\"name\":\"a\"}");
        acme.post("/customer_groups", "{\"name\":\"b\"}");
        acme.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\"}]");
        String cursor = feed.latest();

        acme.send(method, path, body).statusCode(code);

        assertEquals(List.of(), feed.after(cursor).lines());
    }

    @Test
    void an_event_says_what_who_when_and_by_which_call() {
        acme.with("x-correlation-id", "order-17")
                .with("x-bit-req-id", "req-4")
                .post(
                        "/customers",
                        "[{\"name\":\"Zhang San/1\",\"city\":\"Wuhan\",\"regDate\":\"2026-01-02 03:04:05\"}]")
                .statusCode(200);

        Map<String, Object> event = feed.all().items().get(0);

        assertThat(event.remove("id").toString(), matchesPattern("0-\\d+-1"));
        assertThat(event.remove("time").toString(), matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z"));
        assertEquals(
                Map.ofEntries(
                        Map.entry("specversion", "1.0"),
                        Map.entry("datacontenttype", "application/json"),
                        Map.entry("source", "/backoffice/vendors/acme"),
                        Map.entry("type", "backoffice.customer.created"),
                        Map.entry("subject", "/customers/Zhang%20San%2F1"),
                        Map.entry("call", "POST /customers"),
                        Map.entry("bitkey", "configured"),
                        Map.entry("correlationid", "order-17"),
                        Map.entry("requestid", "req-4"),
                        Map.entry(
                                "data",
                                Map.of(
                                        "after",
                                        Map.of(
                                                "name",
                                                "Zhang San/1",
                                                "city",
                                                "Wuhan",
                                                "regDate",
                                                "2026-01-02 03:04:05")))),
                event);
    }

    @Test
    void an_event_has_a_customer_as_the_calls_return_it() {
        acme.post("/customer_groups", "{\"name\":\"a \\\"&\\\\ 𠮷\"}").statusCode(200);
        acme.post("/customers", """
                [{"name":"x'\\"","groupName":"a \\"&\\\\ 𠮷","description":"\\u0001\\n\\t\\u007f\\u2028 </script> $1 {}",
                "regDate":"0001-02-03 04:05:06","officeNumber":"1","mobileNumber":"2","email":"3","address":"4","city":"5",
                "country":"6","postcode":"7","contact":"8","referenceId":"9"}]""").statusCode(200);

        Map<?, ?> data = (Map<?, ?>) feed.all().items().get(1).get("data");

        Map<?, ?> customer = acme.get("/customers").extract().path("data.items[0]");
        assertEquals(13, customer.size());
        assertEquals(customer, data.get("after"));
    }

    @Test
    void a_customer_whose_reference_id_another_one_gets_loses_it_first() {
        acme.post("/customers", "[{\"name\":\"x\",\"referenceId\":\"1\"},{\"name\":\"y\",\"referenceId\":\"2\"}]")
                .statusCode(200);
        String cursor = feed.latest();

        acme.patch("/customers", "[{\"name\":\"x\",\"referenceId\":\"2\"},{\"name\":\"y\",\"referenceId\":\"3\"}]")
                .statusCode(200);

        List<Map<String, Object>> events = feed.after(cursor).items();
        assertEquals(
                List.of("y null", "x 2", "y 3"),
                events.stream()
                        .map(event -> (Map<?, ?>) ((Map<?, ?>) event.get("data")).get("after"))
                        .map(after -> after.get("name") + " " + after.get("referenceId"))
                        .toList());
    }

    @Test
    void a_request_that_gets_its_stored_response_is_one_change() {
        for (int i = 0; i < 2; i++) {
            acme.with("x-bit-req-id", "once").post("/customers", "[{\"name\":\"x\"}]");
        }

        assertEquals(List.of("customer.created: - > x"), feed.all().lines());
    }

    @Test
    void a_vendor_sees_only_its_own_changes() {
        acme.post("/customers", "[{\"name\":\"x\"}]");
        Api.as(Vendors.GLOBEX).post("/customers", "[{\"name\":\"y\"}]");

        assertEquals(List.of("customer.created: - > x"), feed.all().lines());
        assertEquals(
                List.of("customer.created: - > y"),
                new Feed(Vendors.GLOBEX).all().lines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/changes?limit=%zz",
                "/changes?limit=0",
                "/changes?limit=1001",
                "/changes?limit=1&limit=2",
                "/changes?wait=21",
                "/changes?wait=-1",
                "/changes?after=",
                "/changes?after=0-1-x",
                "/changes?after=99999999999-1-1",
                "/changes?after=0-9223372036854775808-1",
                "/changes?after=0-1-9999999999999999999",
                "/changes?after=0-1-1&after=0-1-1",
                "/changes?after=1-2",
                "/changes?after=%",
                "/history?group=%00",
                "/history?group=",
                "/history?customer=..",
                "/history?before=%zz"
            })
    void a_malformed_parameter_is_refused(String path) {
        assertThat(
                RawHttp.get("/backoffice" + path, Vendors.ACME),
                allOf(startsWith("HTTP/1.1 400"), containsString("{\"status\":1001,")));
    }

    @Test
    void a_percent_sign_that_encodes_nothing_stands_for_itself() {
        acme.post("/customers", "[{\"name\":\"100%\"}]");

        assertThat(
                RawHttp.get("/backoffice/history?customer=100%", Vendors.ACME),
                allOf(startsWith("HTTP/1.1 200"), containsString("\"after\":{\"name\":\"100%\"")));
    }

    @Test
    void the_feed_needs_a_key() {
        new Feed("wrong").get("/changes").statusCode(401).body("status", is(1102));
        new Feed("").get("/changes").statusCode(401).body("status", is(1101));
    }
}
