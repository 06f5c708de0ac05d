package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;

import backoffice.testsupport.RawHttp;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP itself refuses what no handler of the application can see (docs/api.md, section 1.2). */
@QuarkusIntegrationTest
class RefusedByHttpIT {

    private static final int LIMIT = 32 * 1024;

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(400, "GET / HTTP/9.9.9\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/9.9\r\nHost: x\r\n\r\n"),
                Arguments.of(400, "GET / XTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: x\r\n: no name\r\n\r\n"),
                Arguments.of(414, "GET /" + "x".repeat(LIMIT) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: x\r\nx: " + "x".repeat(LIMIT) + "\r\n\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: x\r\n" + "x: y\r\n".repeat(300) + "\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: x\r\n" + "x: y\r\n".repeat(300)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_that_cannot_be_read_is_refused_over_http_1_1(int code, String request) {
        assertThat(RawHttp.send(request), matchesPattern("(?s)HTTP/1\\.1 " + code + ".*"));
    }

    @Test
    void a_request_line_and_headers_of_32_kb_each_are_read() {
        String line = "GET /bitanswer/api/customer_groups?x=";
        String headers = "Host: x\r\nConnection: close\r\nx: ";
        String request = line + "x".repeat(LIMIT - line.length() - " HTTP/1.1".length()) + " HTTP/1.1\r\n" + headers
                + "x".repeat(LIMIT - headers.length()) + "\r\n\r\n";

        assertThat(RawHttp.send(request), matchesPattern("(?s)HTTP/1\\.1 401 .*\"status\":1101.*"));
    }

    /** An answer of many pieces has no length in HTTP/1.0, so the end of the connection ends it. */
    @Test
    void a_connection_of_http_1_0_has_one_request() {
        String answer = RawHttp.send("GET /none HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n".repeat(2));

        assertThat(answer, matchesPattern("(?si)HTTP/1\\.0 404(?!.*HTTP/).*\r\nconnection: close\r\n.*"));
    }
}
