package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches do not store any answer, and browsers do not take it for another content type. */
@QuarkusTest
class ResponseHeadersTest {

    private static final int TIMEOUT_MILLIS = 15_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /nope HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //nope HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "GET /console HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /console/main.js HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /console/nope HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /bitanswer/api/backoffice/history HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /q/openapi HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /q/swagger-ui HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /q/metrics HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /bitanswer/api/customer_groups HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /bitanswer/%61pi//nope HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /bitanswer/api HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET % HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET junk HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /bitanswer/api HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            })
    void no_answer_is_stored_or_sniffed(String request) {
        for (int port : new int[] {RestAssured.port, Management.PORT}) {
            assertThat(
                    RawHttp.sendAndHangUp(port, request, TIMEOUT_MILLIS),
                    allOf(
                            startsWith("HTTP/1.1 "),
                            containsStringIgnoringCase("\r\nCache-Control: no-store\r\n"),
                            containsStringIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")));
        }
    }
}
