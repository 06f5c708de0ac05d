package backoffice.observability;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 9.1: health and metrics are on the management port. */
@QuarkusTest
public class ManagementTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void health_is_on_the_management_port_alone(String probe) {
        Management.get("/q/health/" + probe).statusCode(200).body("status", is("UP"));
        RestAssured.get("/q/health/" + probe).then().statusCode(404);
    }

    @Test
    void metrics_are_on_the_management_port_alone() {
        Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);

        Management.get("/q/metrics").statusCode(200).body(containsString("http_server_requests_seconds_count"));
        RestAssured.get("/q/metrics").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MADEUP /bitanswer/api/customers", "PUT /bitanswer/api/customers/madeup", "MADEUP /",
                "GET /bitanswer/api/customers/madeup//", "GET //madeup", "MADEUP /bitanswer/api/customers/%madeup"
            })
    void invented_methods_and_paths_do_not_appear_in_the_metrics(String requestLine) {
        RawHttp.send(head(requestLine, Vendors.ACME) + "\r\n");

        Management.get("/q/metrics").statusCode(200).body(not(containsStringIgnoringCase("madeup")));
    }
}
