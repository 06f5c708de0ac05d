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

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(400, "GET / HTTP/9.9.9\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/9.9\r\nHost: x\r\n\r\n"),
                Arguments.of(400, "GET / XTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: x\r\n: no name\r\n\r\n"),
                Arguments.of(414, "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: x\r\nx: " + "x".repeat(40_000) + "\r\n\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: x\r\n" + "x: y\r\n".repeat(300) + "\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: x\r\n" + "x: y\r\n".repeat(300)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_that_cannot_be_read_is_refused_over_http_1_1(int code, String request) {
        assertThat(RawHttp.send(request), matchesPattern("(?s)HTTP/1\\.1 " + code + ".*"));
    }

    /** An answer of many pieces has no length in HTTP/1.0, so the end of the connection ends it. */
    @Test
    void a_connection_of_http_1_0_has_one_request() {
        String answer = RawHttp.send("GET /none HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n".repeat(2));

        assertThat(answer, matchesPattern("(?si)HTTP/1\\.0 404(?!.*HTTP/).*\r\nconnection: close\r\n.*"));
    }
}
