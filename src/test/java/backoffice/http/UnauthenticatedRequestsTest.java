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
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests without a bitkey, malformed ones included, are not logged as errors and add no values to the metrics. */
@QuarkusTest
class UnauthenticatedRequestsTest {

    private static final List<String> OUTSIDE_OF_API = List.of("""
            / /nope /console /console/ /console/main.js /console/zone.js /_static/lit-html/lit-html.js /q/openapi
            /q/swagger-ui /q/swagger-ui/ /q/health/live /q/metrics /q/nope
            """.split("\\s+"));

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

    static Stream<String> malformed() {
        Stream<String> targets = Stream.of("""
                        GET /%zz|GET /x?a=%zz|GET junk|GET %|GET %zz/bitanswer/api|GET ?|GET ?%|GET #|GET \\|GET |GET //[|GET http:\
                        |GET http://|GET http://[|GET http://x:y|GET http://x/%|GET http://x/bitanswer/api/%\
                        |GET file:///etc/passwd|CONNECT [|CONNECT %|CONNECT x:1|% /|OPTIONS *|GET /q/swagger-ui/%00\
                        |GET /console/%00|GET /console/%""".split("\\|")).map(line -> line + " HTTP/1.1\r\nHost: x\r\n\r\n");
        Stream<String> withoutHost = Stream.of("/", "/q/openapi", "/q/health/live", "/bitanswer/api/customer_groups")
                .map(path -> "GET " + path + " HTTP/1.1\r\n\r\n");
        Stream<String> headers = Stream.of(
                        "Host: [|Host: x:y|Host: %|Host: \u0001|Host: x\r\nHost: y|Host: x\r\nContent-Length: x"
                                .split("\\|"))
                .map(lines -> "GET / HTTP/1.1\r\n" + lines + "\r\n\r\n");
        Stream<String> others = Stream.of(
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 111111111111111111111111111111\r\n\r\n",
                "POST /bitanswer/api/customer_groups HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /console/..%5c HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001");
        return Stream.of(targets, withoutHost, headers, others).flatMap(requests -> requests);
    }

    @ParameterizedTest
    @MethodSource("malformed")
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
}
