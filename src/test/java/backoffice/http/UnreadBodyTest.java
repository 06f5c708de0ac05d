package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A body that nobody reads does not block its connection, which a proxy may share among clients: the next request on the
 * connection is answered (docs/api.md, section 1.2).
 */
@QuarkusTest
class UnreadBodyTest {

    private static final int LENGTH = 200_000;

    static Stream<String> paths() {
        return Stream.of("""
                / /nope /%zz /console/ /console/main.js /_static/nope /q/openapi /q/swagger-ui/ /q/nope
                /backoffice/nope /bitanswer/api/backoffice/history /bitanswer /bitanswer/api /bitanswer/api/nope
                /bitanswer/api/customer_groups""".split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void the_next_request_after_an_unread_body_is_answered_on_the_api_port(String path) {
        for (String method : new String[] {"POST", "GET", "PUT"}) {
            assertThat(method, answers(RestAssured.port, method, path, "/q/openapi"), is(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, /", "POST, /q/health/live", "GET, /q/health/ready", "PUT, /q/metrics", "POST, /nope", "GET, /%zz"
    })
    void the_next_request_after_an_unread_body_is_answered_on_the_management_port(String method, String path) {
        assertThat(answers(Management.PORT, method, path, "/q/health/live"), is(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/console/", "/q/openapi", Api.BASE_PATH + "/nope"})
    void a_client_that_waits_for_100_continue_loses_its_connection_when_its_body_is_not_wanted(String path) {
        String answers = RawHttp.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                + "Content-Length: " + LENGTH + "\r\n\r\n");

        assertThat(answers, not(""));
    }

    /** The number of answers to a request with a body and to a GET that follows on its connection. */
    private static int answers(int port, String method, String path, String next) {
        String answers = RawHttp.send(
                port,
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + LENGTH + "\r\n\r\n"
                        + "x".repeat(LENGTH) + RawHttp.head("GET " + next, "") + "\r\n");
        return answers.split("HTTP/1.1 ", -1).length - 1;
    }
}
