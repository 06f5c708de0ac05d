package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.ReverseProxy;
import backoffice.testsupport.Sql;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reverse proxy shares its connections among all clients. No client can affect the calls of another client. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class BehindProxiesIT extends ApiTest {

    private static final int OTHER_CALLS = 6;
    private static final String DATA = "POST " + Api.BASE_PATH + "/customer_groups/data HTTP/1.1\r\nHost: x\r\n";
    private static final String SMUGGLED = "DELETE " + Api.BASE_PATH
            + "/customer_groups/b HTTP/1.1\r\nHost: x\r\nbitkey: " + Vendors.ACME + "\r\nx-ignore: ";

    /** Headers with which a proxy and the service may disagree on the end of the request. */
    private static final List<String> AMBIGUOUS_HEADERS = List.of(
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding:\tchunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding:\r\n chunked",
            "X: y\r\n Transfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked",
            "X: y\rTransfer-Encoding: chunked",
            "X: \u0000\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding\u0000: chunked",
            "Content-Length: 0\r\nContent-Length: 5",
            "Content-Length: 5\r\nContent-Length: 0",
            "Content-Length: 0, 5",
            "Content-Length: +5",
            "Content-Length: 0x5",
            "Content-Length: 5 0",
            "Content-Length: -1",
            "Content-Length: 00000000000000000000005",
            "Content-Length: 99999999999999999999",
            "Expect: 100-continue\r\nContent-Length: 5",
            "Connection: Content-Length\r\nContent-Length: 5",
            "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            ": nameless",
            "Host: y");

    /** Chunk sizes that a proxy and the service may interpret differently. */
    private static final String[] AMBIGUOUS_CHUNKS = {
        "0x2", "2 ", " 2", "2;", "2;x=\"\n0\"", "+2",
        "-2", "00000000000000000002", "10000000000000002", "2\n", "2\r", ""
    };

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void an_ambiguous_request_does_not_affect_requests_of_other_clients(String program) throws Exception {
        createGroups("a", "b");
        int port = RestAssured.port;
        try (ReverseProxy proxy = program.equals("nginx") ? ReverseProxy.nginx(port) : ReverseProxy.haproxy(port)) {
            for (String headers : AMBIGUOUS_HEADERS) {
                attack(proxy, DATA + headers + "\r\n\r\n0\r\n\r\n" + SMUGGLED);
            }
            for (String size : AMBIGUOUS_CHUNKS) {
                attack(proxy, DATA + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n{}\r\n0\r\n\r\n" + SMUGGLED);
            }
        }
    }

    private static void attack(ReverseProxy proxy, String request) {
        for (int i = 0; i < 2; i++) {
            RawHttp.sendAndHangUp(proxy.port(), request, 300);
        }
        for (int i = 0; i < OTHER_CALLS; i++) {
            String answer = RawHttp.send(
                    proxy.port(), RawHttp.head("GET " + Api.BASE_PATH + "/customer_groups/a", Vendors.ACME) + "\r\n");
            assertThat(request, answer, allOf(startsWith("HTTP/1.1 200"), containsString("[{\"name\":\"a\"}]")));
        }
        assertEquals(2, Sql.number("select count(*) from customer_group"), request);
    }
}
