package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112: a request with an ambiguous end is refused, and nothing after it on its connection is read. */
@QuarkusTest
public class MessageFramingTest extends ApiTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final String BITKEY = "bitkey: " + Vendors.ACME + "\r\n";
    private static final String SMUGGLED = "DELETE " + GROUPS + "/a HTTP/1.1\r\nHost: localhost\r\n" + BITKEY + "\r\n";

    @BeforeEach
    void one_group() {
        Api.as(Vendors.ACME).post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost\r\nTransfer-Encoding: gzip",
                "Host: localhost\r\nTransfer-Encoding: identity",
                "Host: localhost\r\nTransfer-Encoding: chunked, gzip",
                "Host: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Host: localhost\r\nTransfer-Encoding: xchunked",
                "Host: localhost\r\nHost: other",
                "Host: localhost\r\n: nameless",
            })
    void an_ambiguous_request_is_400_and_the_last_of_its_connection(String headers) {
        for (String target : new String[] {GROUPS + "/data", "/q/openapi", "/"}) {
            String answer =
                    RawHttp.send("POST " + target + " HTTP/1.1\r\n" + headers + "\r\n" + BITKEY + "\r\n" + SMUGGLED);

            assertThat(answer, startsWith("HTTP/1.1 400"));
            assertThat("one answer", answer.substring(1), not(containsString("HTTP/1.1")));
        }
        Api.as(Vendors.ACME).get("/customer_groups/a").statusCode(200);
    }

    @Test
    void an_ambiguous_request_under_the_base_path_is_1001() {
        assertThat(
                RawHttp.send("POST " + GROUPS
                        + "/data HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
                        + SMUGGLED),
                allOf(containsString("{\"status\":1001,"), containsStringIgnoringCase("connection: close")));
    }

    @Test
    void an_unknown_http_version_is_refused() {
        assertThat(
                RawHttp.send("GET " + GROUPS + " HTTP/9.9\r\nHost: localhost\r\n" + BITKEY + "\r\n"),
                matchesPattern("(?s)HTTP/\\S+ (400|501|505).*"));
    }
}
