package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/hosted-server/nginx.conf: which server gets a call, and how the call arrives at the hosted server. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class HostedServerIT {

    private static final String PRODUCTS = Api.BASE_PATH + "/products";

    @AutoClose
    private static HostedServer hosted;

    @BeforeEach
    void start() throws Exception {
        Sql.clean();
        if (hosted == null) {
            hosted = new HostedServer(HostedServer.NAME);
        }
        hosted.requests.clear();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET, /products
            PUT, /users/%E5%BC%A0%20%E4%B8%89
            POST, /products?next=/../customers
            DELETE, /products/
            GET, /users/a;b%3B+%2B%25%3Fc%23
            GET, /customers-of-another-kind/a
            PROPFIND, /products
            GET, /customers/a/sns?offset=0&limit=2
            DELETE, /customers/a/sns
            POST, /customers/a/b/sns/data
            GET, /customers/a%2Fb/sns/1
            GET, /customers/a;b%3B%25/sns
            GET, /customers/.a..%2F...b./sns
            PATCH, /customers/sns/sns
            """)
    void serial_numbers_and_other_paths_go_to_the_hosted_server_as_they_came(String method, String path) {
        String answer = hosted.send(method, Api.BASE_PATH + path, Vendors.ACME);

        assertThat(answer, endsWith("hosted: " + method + " " + Api.BASE_PATH + path));
        assertEquals(HostedServer.NAME, hosted.requests.get(0).header("Host"));
        assertEquals(HostedServer.KEY_THERE, hosted.requests.get(0).header("bitkey"));
    }

    /** The columns: the status of the answer, and paths without spaces. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0    | /customers /customer_groups?offset=0 /products/../customers /products/%2e%2e/customers
            0    | /products/a/.%2E/../customers /%63ustomers
            2001 | /customers/a/b /customer_groups/sns /customer_groups/a/customers /customers/a/SNS
            2101 | /customers/a%2Fsns /customers/a%2fsns /customers/a%5Csns
            1003 | /customer_groups/a/sns /customers/a/%73ns /customers//sns /customers/../sns /customers/..%2Fa/sns
            1003 | /customers/ //customers /Customers /CUSTOMER_GROUPS/a /customers;v=1 /customers%3Bv=1/a
            1003 | /customers%2Fa /customers%5Ca /products%2F..%2Fcustomers /products/..%2Fcustomers
            1003 | /products/..%5Ccustomers /products/.. /products/%2e?a /products/..;v=1/customers
            1003 | /products/%2e.%3Bv=1/customers /products/a%2F.. /products//a /products/%2Fcustomers
            1003 | /products%2f/customers /products/a%5C../b /products/a\\..\\b /products/a\\/b /products;v=1 /%70roducts
            1003 | / ?a
            """)
    void served_paths_and_paths_that_two_servers_may_read_in_two_ways_go_to_this_service(int status, String paths) {
        for (String path : paths.split(" ")) {
            String answer = hosted.send("GET", Api.BASE_PATH + path, Vendors.ACME);
            assertThat(path, answer, containsString("{\"status\":%d,".formatted(status)));
        }
        assertThat(hosted.requests, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/products/%zz", "/products/%00", "/../products", "/%2e%2e/%2e%2e/%2e%2e/products"})
    void a_path_that_nginx_refuses_reaches_no_server(String path) {
        assertThat(hosted.send("GET", Api.BASE_PATH + path, Vendors.ACME), startsWith("HTTP/1.1 4"));
        assertThat(hosted.requests, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%b", "a/sns", "a;b", "100%25", ".a", "a..", "a\\b", "//", "%2F", "张 三+?#", "😀"})
    void each_legal_name_reaches_this_service_through_the_proxy(String name) {
        String body = "[{\"name\":\"" + name.replace("\\", "\\\\") + "\"}]";
        Api.as(Vendors.ACME).post("/customers", body).statusCode(200);

        String answer = hosted.send("GET", Api.BASE_PATH + "/customers/" + Api.segment(name), Vendors.ACME);

        assertThat(answer, startsWith("HTTP/1.1 200"));
    }

    @Test
    void the_longest_path_reaches_this_service() {
        String name = "/" + Api.segment("😀".repeat(255));

        String answer = hosted.send("GET", Api.BASE_PATH + "/customers" + name + name, Vendors.ACME);

        assertThat(answer, containsString("\"status\":2001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", Vendors.GLOBEX, "ACME-KEY", "acme-key-2", "acme-key, acme-key", "acmeXkey"})
    void a_call_with_a_key_that_is_not_in_the_lists_does_not_go_to_the_hosted_server(String key) {
        assertThat(hosted.send("GET", PRODUCTS, key), containsString("{\"status\":1003,"));
        assertThat(hosted.requests, is(empty()));
    }

    @Test
    void a_second_key_in_a_call_does_not_go_to_the_hosted_server() {
        hosted.send("GET", PRODUCTS, Vendors.ACME, "bitkey: other\r\n\r\n");

        hosted.requests.forEach(request -> assertThat(request.header("bitkey"), not(containsString("other"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "INVENTED"})
    void a_read_only_key_reads_at_the_hosted_server_and_changes_nothing_there(String method) {
        hosted.send("GET", PRODUCTS, HostedServer.READER);
        hosted.send("HEAD", PRODUCTS, HostedServer.READER);

        String answer = hosted.send(method, PRODUCTS, HostedServer.READER);

        assertThat(answer, containsString("{\"status\":1003,"));
        assertEquals(
                List.of("GET " + PRODUCTS, "HEAD " + PRODUCTS),
                hosted.requests.stream().map(HostedServer.Request::target).toList());
        assertEquals(HostedServer.KEY_THERE, hosted.requests.get(0).header("bitkey"));
    }

    @Test
    void headers_cannot_make_a_change_of_a_read_or_a_tunnel_of_a_call() {
        hosted.send("GET", PRODUCTS, HostedServer.READER, """
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

        for (String header :
                ("X-HTTP-Method-Override X-HTTP-Method X-Method-Override X-Original-URL X-Rewrite-URL Upgrade"
                                + " Connection TE")
                        .split(" ")) {
            assertEquals("", hosted.requests.get(0).header(header), header);
        }
        assertEquals("1", hosted.requests.get(0).header("X-Mine"));
    }

    @Test
    void bodies_up_to_one_mebibyte_arrive_whole_and_larger_ones_get_the_envelope_of_this_service() {
        hosted.send("POST", PRODUCTS, Vendors.ACME, body(1 << 20));
        String tooLarge = hosted.send("POST", Api.BASE_PATH + "/customers", Vendors.ACME, body((1 << 20) + 1));
        String muchTooLarge = hosted.send("POST", PRODUCTS, Vendors.ACME, body(3 << 20));

        assertEquals(1 << 20, hosted.requests.get(0).bodyLength());
        assertThat(tooLarge, containsString("{\"status\":1005,"));
        assertThat(muchTooLarge, startsWith("HTTP/1.1 413"));
        assertEquals(1, hosted.requests.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void a_call_whose_answer_is_lost_is_not_sent_again(String method) {
        // Given a connection to the hosted server that stays open. nginx takes it for stale when it breaks
        hosted.send("GET", PRODUCTS, Vendors.ACME);

        String answer = hosted.send(method, PRODUCTS + "/broken", Vendors.ACME);

        assertThat(answer, startsWith("HTTP/1.1 502"));
        assertEquals(2, hosted.requests.size());
    }

    @Test
    void calls_share_a_connection_to_the_hosted_server() {
        hosted.send("GET", PRODUCTS, Vendors.ACME);
        int before = hosted.connections.get();

        for (int i = 0; i < 20; i++) {
            hosted.send("GET", PRODUCTS, Vendors.ACME);
        }

        assertEquals(21, hosted.requests.size());
        assertEquals(before, hosted.connections.get());
    }

    @Test
    void a_server_that_is_not_the_hosted_one_gets_no_key() throws Exception {
        try (HostedServer misled = new HostedServer("other.example.com")) {
            assertThat(misled.send("GET", PRODUCTS, Vendors.ACME), startsWith("HTTP/1.1 502"));
            assertThat(misled.requests, is(empty()));
        }
    }

    private static String body(int length) {
        return "Content-Length: " + length + "\r\n\r\n" + " ".repeat(length);
    }
}
