package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Caches do not store any answer, and browsers do not take it for another content type. */
@QuarkusTest
class ResponseHeadersTest {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final String DATE =
            "(?is).*\r\ndate: [a-z]{3}, \\d\\d [a-z]{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n.*";

    static Stream<String> requests() {
        Stream<String> paths = Stream.of("""
                        / /nope //nope /console /console/main.js /console/nope /bitanswer/api/backoffice/history /q/openapi /q/swagger-ui
                        /q/health/live /q/metrics /bitanswer/api/customer_groups /bitanswer/%61pi//nope % /%zz junk
                        """.split("\\s+")).map(path -> "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        return Stream.concat(
                paths,
                Stream.of(
                        "POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                        "GET /bitanswer/api HTTP/1.1\r\n\r\n",
                        "GET / HTTP/1.1\r\n\r\n",
                        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                        "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                        "GET /bitanswer/api HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void no_answer_is_stored_or_sniffed_and_each_has_a_date(String request) {
        for (int port : new int[] {RestAssured.port, Management.PORT}) {
            assertThat(
                    RawHttp.sendAndHangUp(port, request, TIMEOUT_MILLIS),
                    allOf(
                            startsWith("HTTP/1.1 "),
                            containsStringIgnoringCase("\r\nCache-Control: no-store\r\n"),
                            containsStringIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n"),
                            matchesPattern(DATE)));
        }
    }
}
