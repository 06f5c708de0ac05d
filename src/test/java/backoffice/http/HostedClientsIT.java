package backoffice.http;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.HostedApi;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.6, 1.7 and 5.1: the upstream server, failures with HTTP 200 and the default language. */
@Tag("slow")
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(HostedApi.Profile.class)
class HostedClientsIT {

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void clean() {
        Sql.clean();
        HostedApi.requests().clear();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /customers/a/sns?offset=0&limit=2",
        "DELETE, /customers/a/sns",
        "POST, /customers/a/b/sns/data",
        "GET, /products",
        "PUT, /users/%E5%BC%A0%20%E4%B8%89",
        "GET, /sns/teapot",
        "HEAD, /products",
        "OPTIONS, /products",
    })
    void calls_that_are_not_served_here_are_answered_by_the_upstream_server(String method, String path) {
        api.request()
                .request(method, Api.BASE_PATH + path)
                .then()
                .statusCode(path.endsWith("teapot") ? 418 : 200)
                .header("x-of-the-hosted-api", is("yes"))
                .header("x-correlation-id", notNullValue());

        assertThat(HostedApi.requests(), hasItem(method + " " + Api.BASE_PATH + path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/customers",
                "/customer_groups",
                "/customer_groups/a",
                "/customer_groups/a/customers",
                "/customers/data",
                "/customers/a/b",
                "/customers/",
                "//customers",
                "/Customers",
                "/CUSTOMER_GROUPS/a",
                "/customers;v=1",
                "/customers%3Bv=1/a",
                "/customers%2Fa",
                "/customers%5ca",
                "/products/../customers",
                "/products/%2e%2e/customers",
                "/products%2F..%2Fcustomers",
                "/products/%zz",
            })
    void calls_that_are_served_here_never_go_upstream_in_any_spelling(String path) {
        for (String method : new String[] {"GET", "PUT", "PATCH"}) {
            RawHttp.send(head(method + " " + Api.BASE_PATH + path, Vendors.ACME) + "\r\n");
        }

        assertThat(HostedApi.requests(), is(empty()));
    }

    @Test
    void bodies_are_forwarded_completely() {
        byte[] body = new byte[3 << 20];

        String answer = api.request()
                .body(body)
                .post(Api.BASE_PATH + "/products")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(answer, endsWith("3145728 bytes"));
    }

    @Test
    void the_bitkey_is_forwarded_or_replaced_and_hop_by_hop_headers_are_removed() {
        String request =
                "Connection: close\r\nConnection: x-private\r\nx-private: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\nx-mine: 2\r\n\r\n";
        String start = "GET " + Api.BASE_PATH + "/products HTTP/1.1\r\nHost: localhost\r\nbitkey: ";

        String acme = RawHttp.send(start + Vendors.ACME + "\r\n" + request);
        String globex = RawHttp.send(start + Vendors.GLOBEX + "\r\n" + request);

        assertThat(acme, allOf(containsString("Bitkey=[" + Vendors.ACME + "]"), containsString("X-mine=[2]")));
        assertThat(globex, containsString("Bitkey=[" + HostedApi.GLOBEX + "]"));
        for (String passed : new String[] {"X-private", "Keep-alive", "Te="}) {
            assertThat(acme, not(containsString(passed)));
        }
        assertThat(acme, not(containsStringIgnoringCase("keep-alive: timeout=3")));
    }

    @Test
    void a_call_without_a_valid_key_does_not_go_upstream() {
        Api.as("wrong").get("/products").statusCode(401).body("status", is(1102));
        Api.as("").get("/products").statusCode(401).body("status", is(1101));

        assertThat(HostedApi.requests(), is(empty()));
    }

    @Test
    void a_read_only_key_may_only_read_upstream() {
        String key = StoredKeys.create("reader-of-products", true);
        try {
            StoredKeys.awaitStatus(key, 200);

            Api.as(key).get("/products").statusCode(200);
            Api.as(key).post("/products", "{}").statusCode(403).body("status", is(1103));
        } finally {
            StoredKeys.deleteAll();
        }
        assertEquals(1, HostedApi.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/broken"})
    void an_upstream_server_that_does_not_answer_is_5001(String path) {
        long start = System.nanoTime();

        api.get(path)
                .statusCode(503)
                .header("Retry-After", is("1"))
                .body("status", is(5001))
                .body("data", nullValue());
        assertThat((System.nanoTime() - start) / 1_000_000, lessThan(3000L));
    }

    @Test
    void a_failed_upstream_call_is_delayed_like_an_overload_and_counted() {
        long start = System.nanoTime();

        api.get("/broken").statusCode(503);

        assertThat((System.nanoTime() - start) / 1_000_000, greaterThan(800L));
        assertThat(
                Management.get("/q/metrics").extract().asString(),
                containsString(
                        "backoffice_calls_total{call=\"GET /bitanswer/api/{upstream}\",status=\"5001\",vendor=\"acme\"}"));
    }

    @Test
    void forwarded_calls_are_counted_by_vendor() {
        api.get("/products/of-a-test").statusCode(200);

        String metrics = Management.get("/q/metrics").extract().asString();
        assertThat(
                metrics,
                containsString(
                        "backoffice_calls_total{call=\"GET /bitanswer/api/{upstream}\",status=\"upstream\",vendor=\"acme\"}"));
        assertThat(metrics, not(containsString("of-a-test")));
    }

    @Test
    void failures_of_a_request_or_its_data_come_with_http_200_and_others_with_their_own_code() {
        api.get("/customer_groups/a").statusCode(200).body("status", is(2001));
        api.post("/customer_groups", "{").statusCode(200).body("status", is(1001));
        api.post("/customer_groups/data", "{\"sorts\":[{\"name\":\"x\"}]}")
                .statusCode(200)
                .body("status", is(1002));
        api.get("/customers/").statusCode(200).body("status", is(1003));
        api.send("PUT", "/customer_groups", "{}")
                .statusCode(200)
                .header("Allow", notNullValue())
                .body("status", is(1004));
        api.post("/customer_groups", " ".repeat((1 << 20) + 1)).statusCode(200).body("status", is(1005));
        api.request()
                .contentType("text/plain")
                .body("x")
                .post(Api.BASE_PATH + "/customer_groups")
                .then()
                .statusCode(200)
                .body("status", is(1006));
        Api.as("wrong").get("/customer_groups").statusCode(401).body("status", is(1102));
        assertEquals(0, HostedApi.requests().size());
    }

    @Test
    void messages_are_in_the_configured_language_unless_the_client_prefers_the_other() {
        api.get("/customer_groups/a").body("msg", startsWith("客户组"));
        api.request()
                .header("Accept-Language", "en")
                .get(Api.BASE_PATH + "/customer_groups/a")
                .then()
                .body("msg", startsWith("There is no"));
    }
}
