package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.LogListener;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests without a bitkey, malformed ones included, are not logged as errors and add no values to the metrics. */
@QuarkusTest
class UnauthenticatedRequestsTest {

    private static final List<String> OUTSIDE_OF_API = List.of(
            "/",
            "/nope",
            "/console",
            "/console/",
            "/console/main.js",
            "/console/zone.js",
            "/_static/lit-html/lit-html.js",
            "/q/openapi",
            "/q/swagger-ui",
            "/q/swagger-ui/",
            "/q/health/live",
            "/q/metrics",
            "/q/nope");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> alarms = new CopyOnWriteArrayList<>();

    @AutoClose
    private final LogListener listener = new LogListener("", line -> {
        if (line.getLevel().intValue() >= Level.INFO.intValue()) {
            lines.add(line.getLoggerName() + ": " + line.getMessage());
        }
        if (line.getLevel().intValue() > Level.WARNING.intValue() || line.getThrown() != null) {
            alarms.add(line.getLoggerName() + ": " + line.getMessage());
        }
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET /q/openapi HTTP/1.1\r\n\r\n",
                "GET /q/health/live HTTP/1.1\r\n\r\n",
                "GET /bitanswer/api/customer_groups HTTP/1.1\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /x?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET junk HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET % HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET %zz/bitanswer/api HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET ? HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET ?% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET # HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET \\ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET\r\n\r\n",
                "GET //[ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http: HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x:y HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x/% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x/bitanswer/api/% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET file:///etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT [ HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT % HTTP/1.1\r\nHost: x\r\n\r\n",
                "% / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x:y\r\n\r\n",
                "GET /bitanswer/api HTTP/1.1\r\nHost: %\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 111111111111111111111111111111\r\n\r\n",
                "POST /bitanswer/api/customer_groups HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /q/swagger-ui/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /console/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /console/% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /console/..%5c HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1\r\n\r\n",
                "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: \u0001\r\n\r\n",
                "\u0016\u0003\u0001",
            })
    void no_request_is_logged_as_a_fault_of_the_service(String request) {
        for (int port : new int[] {RestAssured.port, Management.PORT}) {
            assertThat(RawHttp.sendAndHangUp(port, request), not(containsString(" 500 ")));
        }

        assertThat(alarms, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%z", "%%", "%0", "%00", "%80", "%41%", "a=%", "%=1&", "#", "%#"})
    void a_broken_query_outside_of_the_api_is_ignored_without_a_line_in_the_log(String query) {
        for (int port : new int[] {RestAssured.port, Management.PORT}) {
            for (String path : OUTSIDE_OF_API) {
                String status = statusLine(port, path);
                assertEquals(status, statusLine(port, path + "?" + query));
                assertEquals(status, statusLine(port, path + "?" + query.repeat(30_000 / query.length())));
            }
        }

        assertThat(lines, is(empty()));
    }

    private static String statusLine(int port, String target) {
        return RawHttp.send(port, RawHttp.head("GET " + target, "") + "\r\n").split("\r\n")[0];
    }

    @Test
    void request_targets_that_are_not_paths_share_one_tag_of_the_metrics() {
        for (String request : List.of("GET junk-1", "GET junk-2", "CONNECT x:1", "CONNECT x:2", "OPTIONS *")) {
            RawHttp.send(RawHttp.head(request, "") + "\r\n");
        }

        String metrics = Management.get("/q/metrics").extract().asString();
        assertThat(metrics, not(containsString("junk-")));
        assertThat(metrics, not(containsString("x:1")));
    }
}
