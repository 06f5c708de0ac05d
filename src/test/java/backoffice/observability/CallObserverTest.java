package backoffice.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The correlation id of each answer, and the metrics and health on the management port (docs/api.md, section 9.1). */
@QuarkusTest
public class CallObserverTest extends ApiTest {

    @Test
    void every_answer_has_its_own_correlation_id() {
        String first = api.get("/customer_groups").extract().header("x-correlation-id");
        String second = api.get("/nope").extract().header("x-correlation-id");

        assertThat(first, matchesPattern("[0-9a-f]{16}"));
        assertThat(second, matchesPattern("[0-9a-f]{16}"));
        assertThat(first, is(not(second)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/customer_groups", "/nope", "/./customer_groups", "/customer_groups/"})
    void every_answer_repeats_the_correlation_id_of_its_request(String path) {
        api.with("x-correlation-id", "of_ingress-7.1").get(path).header("x-correlation-id", is("of_ingress-7.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "{}", "12345678901234567890123456789012345678901234567890123456789012345"})
    void an_invalid_correlation_id_is_replaced(String sent) {
        api.with("x-correlation-id", sent)
                .get("/customer_groups")
                .header("x-correlation-id", matchesPattern("[0-9a-f]{16}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acme-key | GET     | /customer_groups         | GET /customer_groups                 | 0    | acme
            acme-key | GET     | /customer_groups/a%2Fb   | GET /customer_groups/{name}          | 2001 | acme
            acme-key | GET     | /./customer_groups/%61   | GET /customer_groups/{name}          | 2001 | acme
            acme-key | GET     | /customer_groups?limit=x | GET /customer_groups                 | 1001 | acme
            acme-key | DELETE  | /customers/a/b           | DELETE /customers/{groupName}/{name} | 2001 | acme
            acme-key | HEAD    | /customer_groups         | HEAD /customer_groups                | 0    | acme
            acme-key | HEAD    | /customer_groups/a       | HEAD /customer_groups/{name}         | 2001 | acme
            ''       | HEAD    | /customers               | HEAD /customers                      | 1101 | none
            acme-key | GET     | /nope                    | unknown                              | 1003 | none
            acme-key | PUT     | /customer_groups         | unknown                              | 1004 | none
            acme-key | OPTIONS | /customer_groups         | unknown                              | 1004 | none
            ''       | GET     | /customers               | GET /customers                       | 1101 | none
            wrong    | GET     | /customers               | GET /customers                       | 1102 | none
            """)
    void a_call_is_counted_under_its_name_status_and_vendor(
            String bitkey, String method, String path, String call, int status, String vendor) {
        Management.awaitIncrease(
                metric(call, String.valueOf(status), vendor),
                1,
                () -> Api.as(bitkey).request().request(method, Api.BASE_PATH + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void a_read_is_counted_as_hung_up_when_its_client_disconnects_before_the_answer(String method) {
        String metric = metric(method + " /customer_groups", "hung up", "acme");
        double before = Management.metric(metric);

        Sql.duringTransaction("lock table customer_group", () -> {
            RawHttp.sendAndHangUp(
                    RestAssured.port,
                    RawHttp.head(method + " " + Api.BASE_PATH + "/customer_groups", Vendors.ACME) + "\r\n",
                    300);
            Management.await(metric, before + 1);
        });
    }

    @Test
    void a_stored_response_is_counted_as_replayed() {
        Management.awaitIncrease(metric("POST /customer_groups", "replayed", "acme"), 2, () -> {
            for (int i = 0; i < 3; i++) {
                api.with("x-bit-req-id", "counted")
                        .post("/customer_groups", "{\"name\":\"a\"}")
                        .statusCode(200);
            }
        });
    }

    @Test
    void pipelined_calls_are_counted_one_by_one() {
        String last = RawHttp.head("GET " + Api.BASE_PATH + "/customer_groups", Vendors.ACME) + "\r\n";

        Management.awaitIncrease(
                metric("GET /customer_groups", "0", "acme"),
                5,
                () -> RawHttp.send(last.replace("Connection: close\r\n", "").repeat(4) + last));
    }

    @ParameterizedTest
    @CsvSource({
        "health/live, UP",
        "health/ready, UP",
        "health/started, UP",
        "metrics, http_server_requests_seconds_count"
    })
    void health_and_metrics_are_on_the_management_port_alone(String path, String words) {
        api.get("/customer_groups").statusCode(200);

        Management.get("/q/" + path).statusCode(200).body(containsString(words));
        RestAssured.get("/q/" + path).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET     | /customers            | 200 | SUCCESS      | /customers
            HEAD    | /customers            | 200 | SUCCESS      | /customers
            GET     | /customers/a%2Fb/c    | 404 | CLIENT_ERROR | /customers/{groupName}/{name}
            GET     | /customers?limit=x    | 400 | CLIENT_ERROR | /customers
            GET     | /nope                 | 404 | CLIENT_ERROR | NOT_FOUND
            PUT     | /customers/a          | 405 | CLIENT_ERROR | UNKNOWN
            GET     | /../../console/       | 200 | SUCCESS      | UNKNOWN
            """)
    void the_time_of_a_call_is_under_its_method_its_code_and_the_template_of_its_path(
            String method, String path, int code, String outcome, String uri) {
        String metric = "http_server_requests_seconds_count{method=\"%s\",outcome=\"%s\",status=\"%d\",uri=\"%s\"}"
                .formatted(method, outcome, code, uri);

        Management.awaitIncrease(
                metric,
                1,
                () -> RawHttp.send(RawHttp.head(method + " " + Api.BASE_PATH + path, Vendors.ACME) + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MADEUP /bitanswer/api/customers", "PUT /bitanswer/api/customers/madeup", "MADEUP /",
                "GET /bitanswer/api/customers/madeup", "GET /bitanswer/api/customers/madeup//", "GET //madeup",
                "MADEUP /bitanswer/api/customers/%madeup", "GET madeup", "CONNECT madeup:1",
                "OPTIONS *", "OPTIONS /bitanswer/api/customers/madeup", "GET /madeup/sns",
                "GET /madeup/%2e%2e/nope", "GET /console/madeup/../main.js", "GET /console/madeup%2F..%2Fmain.js",
                "GET /madeup/../console/main.js", "GET /madeup/../q/openapi", "GET /madeup/../q/metrics",
                "GET /madeup/..//q/health/live"
            })
    void invented_methods_and_targets_do_not_appear_in_the_metrics(String requestLine) {
        for (int port : new int[] {RestAssured.port, Management.PORT}) {
            for (String headers : new String[] {Vendors.ACME, "", Vendors.ACME + "\r\nHost: other"}) {
                RawHttp.send(port, RawHttp.head(requestLine, headers) + "\r\n");
            }
        }

        Management.get("/q/metrics").statusCode(200).body(not(containsStringIgnoringCase("madeup")));
    }

    private static String metric(String call, String status, String vendor) {
        return "backoffice_calls_total{call=\"%s\",status=\"%s\",vendor=\"%s\"}".formatted(call, status, vendor);
    }
}
