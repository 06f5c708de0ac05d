package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.ReverseProxy;
import backoffice.testsupport.ServerCertificate;
import backoffice.testsupport.Sql;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.certs.PemCertificateFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** The name of the hosted server. */
    private static final String NAME = "back-office-api.bitanswer.cn";

    /** The key of acme at the hosted server. {@link Vendors#ACME} is its key here. */
    private static final String KEY_THERE = "the-key-of-acme-there";

    /** A key that is in the list of read-only keys. */
    private static final String READER = "reader-key";

    @AutoClose
    private static HostedServer hosted;

    @BeforeEach
    void start() throws Exception {
        Sql.clean();
        if (hosted == null) {
            hosted = new HostedServer(NAME);
        }
        hosted.requests.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET      | /products /users/a;b%3B+%2B%25%3Fc%23 /customers-of-another-kind/a /customers/a/sns?offset=0&limit=2
            GET      | /customers/a%2Fb/sns/1 /customers/a;b%3B%25/sns /customers/.a..%2F...b./sns
            PUT      | /users/%E5%BC%A0%20%E4%B8%89
            POST     | /products?next=/../customers /customers/a/b/sns/data
            DELETE   | /products/ /customers/a/sns
            PATCH    | /customers/sns/sns
            PROPFIND | /products
            """)
    void serial_numbers_and_other_paths_go_to_the_hosted_server_as_they_came(String method, String paths) {
        for (String path : paths.split(" ")) {
            String answer = hosted.send(method, Api.BASE_PATH + path, Vendors.ACME);
            assertThat(answer, endsWith("hosted: " + method + " " + Api.BASE_PATH + path));
        }
        for (HttpServerRequest request : hosted.requests) {
            assertEquals(NAME, request.getHeader("Host"));
            assertEquals(KEY_THERE, request.getHeader("bitkey"));
        }
    }

    /** The columns: the status of the answer, and paths without spaces. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0    | /customers /customer_groups?offset=0 /products/../customers /products/%2e%2e/customers
            0    | /products/a/.%2E/../customers /%63ustomers /backoffice/key
            2001 | /customers/a/b /customer_groups/sns /customer_groups/a/customers /customers/a/SNS
            2101 | /customers/a%2Fsns /customers/a%2fsns /customers/a%5Csns
            1003 | /customer_groups/a/sns /customers/a/%73ns /customers//sns /customers/../sns /customers/..%2Fa/sns
            1003 | /backoffice /backoffice/history?since=1 /backoffice/nothing /BackOffice/key
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

    @Test
    void each_legal_name_and_the_longest_path_reach_this_service_through_the_proxy() {
        String longest = "😀".repeat(255);
        for (String name :
                List.of("a%b", "a/sns", "a;b", "100%25", ".a", "a..", "a\\b", "//", "%2F", "张 三+?#", "😀", longest)) {
            String body = "[{\"name\":\"" + name.replace("\\", "\\\\") + "\"}]";
            Api.as(Vendors.ACME).post("/customers", body).statusCode(200);

            String path = Api.BASE_PATH + "/customers/" + Api.segment(name);
            assertThat(hosted.send("GET", path, Vendors.ACME), startsWith("HTTP/1.1 200"));
        }
        String path = Api.BASE_PATH + "/customers/" + Api.segment(longest) + "/" + Api.segment(longest);
        assertThat(hosted.send("GET", path, Vendors.ACME), containsString("\"status\":2001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", Vendors.GLOBEX, "ACME-KEY", "acme-key-2", "acme-key, acme-key", "acmeXkey"})
    void a_call_with_a_key_that_is_not_in_the_lists_does_not_go_to_the_hosted_server(String key) {
        assertThat(hosted.send("GET", PRODUCTS, key), containsString("{\"status\":1003,"));
        assertThat(hosted.requests, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "INVENTED"})
    void a_read_only_key_reads_at_the_hosted_server_and_changes_nothing_there(String method) {
        hosted.send("GET", PRODUCTS, READER);
        hosted.send("HEAD", PRODUCTS, READER);

        String answer = hosted.send(method, PRODUCTS, READER);

        assertThat(answer, containsString("{\"status\":1003,"));
        assertEquals(
                List.of("GET " + PRODUCTS, "HEAD " + PRODUCTS),
                hosted.requests.stream().map(HostedServer::target).toList());
        assertEquals(KEY_THERE, hosted.requests.get(0).getHeader("bitkey"));
    }

    @Test
    void headers_cannot_make_a_change_of_a_read_a_tunnel_of_a_call_or_bring_another_key() {
        hosted.send("GET", PRODUCTS, READER, """
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

        for (String header : """
                X-HTTP-Method-Override X-HTTP-Method X-Method-Override X-Original-URL X-Rewrite-URL Upgrade Connection TE
                """.split("\\s")) {
            assertNull(hosted.requests.get(0).getHeader(header), header);
        }
        assertEquals("1", hosted.requests.get(0).getHeader("X-Mine"));

        // And a second key does not go there
        hosted.send("GET", PRODUCTS, Vendors.ACME, "bitkey: other\r\n\r\n");
        hosted.requests.forEach(
                request -> assertEquals(List.of(KEY_THERE), request.headers().getAll("bitkey")));
    }

    @Test
    void bodies_up_to_one_mebibyte_arrive_whole_and_larger_ones_get_the_envelope_of_this_service() {
        hosted.send("POST", PRODUCTS, Vendors.ACME, body(1 << 20));
        String tooLarge = hosted.send("POST", Api.BASE_PATH + "/customers", Vendors.ACME, body((1 << 20) + 1));
        String muchTooLarge = hosted.send("POST", PRODUCTS, Vendors.ACME, body(3 << 20));

        assertEquals(1 << 20, hosted.requests.get(0).bytesRead());
        assertThat(tooLarge, containsString("{\"status\":1005,"));
        assertThat(muchTooLarge, startsWith("HTTP/1.1 413"));
        assertEquals(1, hosted.requests.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void a_call_whose_answer_is_lost_is_not_sent_again(String method) {
        // Given a connection to the hosted server that stays open. nginx takes it for stale when it breaks
        hosted.send("GET", PRODUCTS, Vendors.ACME);
        int connections = hosted.connections.get();

        String answer = hosted.send(method, PRODUCTS + "/broken", Vendors.ACME);

        assertThat(answer, startsWith("HTTP/1.1 502"));
        assertEquals(2, hosted.requests.size());
        assertEquals(connections, hosted.connections.get());
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

    /** A stub of the hosted server, which keeps each request, and nginx in front of it and of the service. */
    private static final class HostedServer implements AutoCloseable {

        final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
        final AtomicInteger connections = new AtomicInteger();
        private final Vertx vertx = Vertx.vertx();
        private final ReverseProxy proxy;

        /** Starts both programs. The stub has a certificate for a name. */
        HostedServer(String name) throws Exception {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "hosted");
            PemCertificateFiles certificate = ServerCertificate.files(directory, "hosted", name);
            HttpServer stub = vertx.createHttpServer(new HttpServerOptions()
                            .setSsl(true)
                            .setKeyCertOptions(new PemKeyCertOptions()
                                    .setCertPath(certificate.certFile().toString())
                                    .setKeyPath(certificate.keyFile().toString())))
                    .connectionHandler(connection -> connections.incrementAndGet())
                    .requestHandler(this::answer)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            proxy = ReverseProxy.nginx(
                    Files.readString(Path.of("docs", "hosted-server", "nginx.conf")),
                    RestAssured.port,
                    Map.of(
                            "server " + NAME + ":443;",
                            "server 127.0.0.1:" + stub.actualPort() + ";",
                            "/etc/ssl/certs/ca-certificates.crt",
                            certificate.certFile().toString(),
                            "the-key-of-acme-here",
                            Vendors.ACME,
                            "the-read-only-key-of-acme-here",
                            READER));
        }

        private void answer(HttpServerRequest request) {
            request.body().onSuccess(body -> {
                requests.add(request);
                if (request.uri().contains("broken")) {
                    request.connection().close();
                } else {
                    request.response().end("hosted: " + target(request));
                }
            });
        }

        static String target(HttpServerRequest request) {
            return request.method() + " " + request.uri();
        }

        String send(String method, String target, String key) {
            return send(method, target, key, "Content-Length: 0\r\n\r\n");
        }

        /** Sends a head and the rest of a request through nginx, and returns the answer with its head. */
        String send(String method, String target, String key, String rest) {
            return RawHttp.send(proxy.port(), RawHttp.head(method + " " + target, key) + rest);
        }

        @Override
        public void close() throws IOException {
            proxy.close();
            vertx.close();
        }
    }
}
