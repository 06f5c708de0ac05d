package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.LogListener;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests without a bitkey, malformed ones included, are not logged as errors, and no cache stores their answers. */
@QuarkusTest
class UnauthenticatedRequestsTest {

    private static final List<String> OUTSIDE_OF_API = List.of("""
            / /nope /console /console/ /console/main.js /console/zone.js /_static/lit-html/lit-html.js /q/openapi
            /q/swagger-ui /q/swagger-ui/ /q/health/live /q/metrics /q/nope
            """.split("\\s+"));

    private static final String GROUPS = "/bitanswer/api/customer_groups";
    private static final String DATE =
            "(?is).*\r\ndate: [a-z]{3}, \\d\\d [a-z]{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n.*";

    @AutoClose
    private final LogListener log = new LogListener("");

    static Stream<String> requests() {
        Stream<String> targets =
                Stream.of("""
                        GET /|GET /nope|GET //nope|GET /console|GET /console/main.js|GET /console/nope|GET /q/openapi\
                        |GET /q/swagger-ui|GET /q/health/live|GET /q/metrics|GET /bitanswer/api/backoffice/history\
                        |GET /bitanswer/api/customer_groups|GET /bitanswer/%61pi//nope|POST /nope\
                        |GET /%zz|GET /x?a=%zz|GET junk|GET %|GET %zz/bitanswer/api|GET ?|GET ?%|GET #|GET \\|GET |GET //[|GET http:\
                        |GET http://|GET http://[|GET http://x:y|GET http://x/%|GET http://x/bitanswer/api/%\
                        |GET file:///etc/passwd|CONNECT [|CONNECT %|CONNECT x:1|% /|OPTIONS *|GET /q/swagger-ui/%00\
                        |GET /console/%00|GET /console/%""".split("\\|")).map(line -> line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        Stream<String> headers = Stream.of(
                        "x: y|Host: [|Host: x:y|Host: %|Host: \u0001|Host: x\r\nHost: y|Host: x\r\nContent-Length: x"
                                .split("\\|"))
                .flatMap(lines -> Stream.of("/", "/q/openapi", "/q/health/live", "/bitanswer/api", GROUPS)
                        .map(path -> "GET " + path + " HTTP/1.1\r\n" + lines + "\r\n\r\n"));
        Stream<String> others = Stream.of(
                "GET\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 111111111111111111111111111111\r\n\r\n",
                "POST " + GROUPS + " HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /console/..%5c HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\r\n");
        return Stream.of(targets, headers, others).flatMap(requests -> requests);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void no_request_is_a_fault_of_the_service_and_no_answer_is_stored_or_sniffed(String request) {
        for (int port : new int[] {RestAssured.port, Management.PORT}) {
            assertThat(
                    RawHttp.sendAndHangUp(port, request, 15_000),
                    anyOf(
                            // A frame of HTTP/2, which only the management port of a test speaks
                            startsWith("\0"),
                            // The packaged application adds the headers here too, as RefusedByHttpIT checks.
                            matchesPattern("HTTP/1\\.[01] 400 Bad Request\r\ncontent-length: 0\r\n\r\n"),
                            allOf(
                                    matchesPattern("(?s)HTTP/\\d\\.\\d [1-4].*"),
                                    containsStringIgnoringCase("\r\nCache-Control: no-store\r\n"),
                                    containsStringIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n"),
                                    matchesPattern(DATE))));
        }

        assertEquals(
                List.of(),
                log.messages(
                        line -> line.getLevel().intValue() > Level.WARNING.intValue() || line.getThrown() != null));
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

        assertEquals(List.of(), log.messages(Level.INFO));
    }

    private static String statusLine(int port, String target) {
        return RawHttp.send(port, RawHttp.head("GET " + target, "") + "\r\n").split("\r\n")[0];
    }
}
