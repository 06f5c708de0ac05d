package backoffice.http;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.HostedServer;
import backoffice.testsupport.OneAddress;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/hosted-server/nginx.conf: keys, headers, bodies and connections of calls to the hosted server. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class HostedServerCallsIT extends HostedServerFixture {

    private static final String PRODUCTS = Api.BASE_PATH + "/products";

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", Vendors.GLOBEX, "ACME-KEY", "acme-key-2", "acme-key, acme-key", "acmeXkey"})
    void a_call_with_a_key_that_is_not_in_the_lists_does_not_go_to_the_hosted_server(String key) {
        assertThat(address.send("GET", PRODUCTS, key), containsString("{\"status\":1003,"));
        assertThat(address.hosted(), is(empty()));
    }

    @Test
    void a_second_key_in_a_call_does_not_go_to_the_hosted_server() {
        address.send("GET", PRODUCTS, Vendors.ACME, "bitkey: other\r\n\r\n");

        assertThat(
                address.hosted().stream()
                        .map(request -> request.header("bitkey"))
                        .collect(joining()),
                not(containsString("other")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "INVENTED"})
    void a_read_only_key_reads_at_the_hosted_server_and_changes_nothing_there(String method) {
        address.send("GET", PRODUCTS, OneAddress.READER);
        address.send("HEAD", PRODUCTS, OneAddress.READER);

        String answer = address.send(method, PRODUCTS, OneAddress.READER);

        assertThat(answer, containsString("{\"status\":1003,"));
        assertEquals(
                Stream.of("GET ", "HEAD ").map(read -> read + PRODUCTS).toList(),
                address.hosted().stream().map(HostedServer.Request::target).toList());
        assertEquals(OneAddress.KEY_THERE, address.hosted().get(0).header("bitkey"));
    }

    @Test
    void headers_cannot_make_a_change_of_a_read_or_a_tunnel_of_a_call() {
        address.send("GET", PRODUCTS, OneAddress.READER, """
                X-HTTP-Method-Override: DELETE\r
                X-HTTP-Method: DELETE\r
                X-Method-Override: DELETE\r
                X-Original-URL: /bitanswer/api/customers\r
                X-Rewrite-URL: /bitanswer/api/customers\r
                Upgrade: websocket\r
                Connection: bitkey, Upgrade\r
                TE: trailers\r
                X-Mine: 1\r
                \r
                """);

        HostedServer.Request request = address.hosted().get(0);
        for (String header : new String[] {
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
            "X-Original-URL",
            "X-Rewrite-URL",
            "Upgrade",
            "Connection",
            "TE"
        }) {
            assertEquals("", request.header(header), header);
        }
        assertEquals("1", request.header("X-Mine"));
    }

    @Test
    void bodies_up_to_one_mebibyte_arrive_whole_and_larger_ones_get_the_envelope_of_this_service() {
        address.send("POST", PRODUCTS, Vendors.ACME, body(1 << 20));
        String tooLarge = address.send("POST", Api.BASE_PATH + "/customers", Vendors.ACME, body((1 << 20) + 1));
        String muchTooLarge = address.send("POST", PRODUCTS, Vendors.ACME, body(3 << 20));

        assertEquals(1 << 20, address.hosted().get(0).bodyLength());
        assertThat(tooLarge, containsString("{\"status\":1005,"));
        assertThat(muchTooLarge, startsWith("HTTP/1.1 413"));
        assertEquals(1, address.hosted().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void a_call_whose_answer_is_lost_is_not_sent_again(String method) {
        // Given a connection to the hosted server that stays open. nginx takes it for stale when it breaks
        address.send("GET", PRODUCTS, Vendors.ACME);

        String answer = address.send(method, PRODUCTS + "/broken", Vendors.ACME);

        assertThat(answer, startsWith("HTTP/1.1 502"));
        assertEquals(2, address.hosted().size());
    }

    @Test
    void calls_share_a_connection_to_the_hosted_server() {
        address.send("GET", PRODUCTS, Vendors.ACME);
        int before = address.connections();

        for (int i = 0; i < 20; i++) {
            address.send("GET", PRODUCTS, Vendors.ACME);
        }

        assertEquals(21, address.hosted().size());
        assertEquals(before, address.connections());
    }

    @Test
    void a_server_that_is_not_the_hosted_one_gets_no_key() throws Exception {
        try (OneAddress misled = new OneAddress("other.example.com")) {
            assertThat(misled.send("GET", PRODUCTS, Vendors.ACME), startsWith("HTTP/1.1 502"));
            assertThat(misled.hosted(), is(empty()));
        }
    }

    private static String body(int length) {
        return "Content-Length: " + length + "\r\n\r\n" + " ".repeat(length);
    }
}
