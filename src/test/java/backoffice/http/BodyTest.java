package backoffice.http;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.bulkhead.MemoryBudget;
import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.HostileConnections;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.2 and 3.4: which bodies are read, how others are refused, and what follows on the connection. */
@QuarkusTest
public class BodyTest extends ApiTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final int MEBIBYTE = 1 << 20;

    /** The length of a body that nobody reads. A proxy may share its connection among clients. */
    private static final int UNREAD = 200_000;

    private static final int MANY = 20;

    private static final String MEMORY = "backoffice_bulkhead_%s{resource=\"memory of bodies\",vendor=\"acme\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            application/json                         | HTTP/1.1 200
            Application/JSON ; charset="utf-8"       | HTTP/1.1 200
            application/merge-patch+json             | HTTP/1.1 200
            application/json; profile=x              | HTTP/1.1 200
            application/json;p="a;b"; charset=UTF-8  | HTTP/1.1 200
            ''                                       | HTTP/1.1 200
            -                                        | HTTP/1.1 200
            text/plain                               | HTTP/1.1 415
            application/x-www-form-urlencoded        | HTTP/1.1 415
            application/xml                          | HTTP/1.1 415
            application/json; charset=gbk            | HTTP/1.1 415
            application/json; profile=x; charset=gbk | HTTP/1.1 415
            application/json, text/plain             | HTTP/1.1 415
            ;;;                                      | HTTP/1.1 415
            application/jsonx                        | HTTP/1.1 415
            multipart/form-data; boundary=x          | HTTP/1.1 415
            """)
    void a_body_is_json_or_of_no_type_and_any_other_is_1006(String type, String answer) {
        String header = type == null ? "" : "Content-Type: " + type + "\r\n";

        assertThat(
                post("", header, "{\"name\":\"x\"}"),
                allOf(
                        startsWith(answer),
                        answer.endsWith("200")
                                ? containsString("{\"status\":0,")
                                : both(containsString("{\"status\":1006,")).and(containsString(type))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''       | HTTP/1.1 200
            Identity | HTTP/1.1 200
            UTF-8    | HTTP/1.1 200
            gzip     | HTTP/1.1 415
            br       | HTTP/1.1 415
            aws-chunked, gzip | HTTP/1.1 415
            """)
    void a_compressed_body_is_1006_and_the_message_names_the_encoding(String coding, String answer) {
        assertThat(
                post("", "Content-Encoding: " + coding + "\r\n", "{\"name\":\"x\"}"),
                allOf(
                        startsWith(answer),
                        answer.endsWith("200")
                                ? containsString("{\"status\":0,")
                                : both(containsString("{\"status\":1006,")).and(containsString(coding))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\uFEFF", "\uFEFF\r\n\t "})
    void a_byte_order_mark_alone_is_no_body_so_its_type_does_not_matter(String body) {
        for (String type : new String[] {"application/json", "text/plain"}) {
            String header = "Content-Type: " + type + "\r\n";

            assertThat(post("/data", header, body), allOf(startsWith("HTTP/1.1 200"), containsString("\"total\":0")));
            assertThat(
                    post("", header, body),
                    containsString("{\"status\":1001,\"msg\":\"The body is missing; this call needs one, in JSON.\"}"));
        }
    }

    @Test
    void a_body_of_one_mebibyte_is_accepted_and_a_larger_one_is_1005() {
        String largest = " ".repeat(MEBIBYTE - 12) + "{\"name\":\"x\"}";

        api.post("/customer_groups", largest).statusCode(200);
        api.post("/customer_groups", largest + " ").statusCode(413).body("status", is(1005));
        assertThat(RawHttp.send(chunked(largest)), startsWith("HTTP/1.1 200"));
        assertThat(
                RawHttp.send(chunked(largest + " ")),
                allOf(startsWith("HTTP/1.1 413"), containsString("\"status\":1005,")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /bitanswer/api/customer_groups | no-such-key | 10         | 401 | {"status":1102,
            /bitanswer/api/customer_groups | acme-key    | 1000000000 | 413 | {"status":1005,
            /bitanswer/api/nope            | acme-key    | 200000     | 404 | {"status":1003,
            /nope                          | none        | 200000     | ''  | ''
            /console/                      | none        | 200000     | ''  | ''
            /q/openapi                     | none        | 200000     | ''  | ''
            """)
    void a_call_is_refused_before_its_body_is_sent_and_the_answer_announces_the_close(
            String path, String bitkey, int length, String code, String status) {
        assertThat(
                RawHttp.send(keepAlive("POST " + path, bitkey) + "Expect: 100-continue\r\nContent-Length: " + length
                        + "\r\n\r\n"),
                allOf(
                        startsWith("HTTP/1.1 " + code),
                        containsStringIgnoringCase("\r\nconnection: close\r\n"),
                        containsString(status)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 12", "Content-Length: 100000", "Transfer-Encoding: chunked"})
    void a_client_that_asks_before_it_sends_its_body_is_told_to_continue(String length) {
        String head = head("POST " + GROUPS, Vendors.ACME) + "Expect: 100-continue\r\n" + length + "\r\n\r\n";

        assertThat(RawHttp.sendAndHangUp(RestAssured.port, head, 5_000), startsWith("HTTP/1.1 100 "));
    }

    @Test
    void a_connection_stays_open_after_a_100_continue_body_is_read() {
        String request = RawHttp.request(
                keepAlive("POST " + GROUPS, Vendors.ACME) + "Expect: 100-continue\r\n", "{\"name\":\"x\"}");

        assertThat(RawHttp.send(request + head("GET " + GROUPS, Vendors.ACME) + "\r\n"), containsString("\"total\":1"));
    }

    @Test
    void a_call_without_a_body_ignores_a_body_of_up_to_one_mebibyte() {
        api.send("GET", "/customer_groups", "[").statusCode(200);
        api.send("GET", "/customer_groups", " ".repeat(MEBIBYTE + 1))
                .statusCode(413)
                .body("status", is(1005));
    }

    @ParameterizedTest
    @CsvSource({"no-such-key, 401", Vendors.ACME + ", 413"})
    void the_connection_stays_usable_after_an_answer_that_did_not_wait_for_the_body(String bitkey, int status) {
        String first = RawHttp.request(keepAlive("POST " + GROUPS, bitkey), " ".repeat(2_000_000));

        assertThat(
                RawHttp.send(first + head("GET " + GROUPS, Vendors.ACME) + "\r\n"),
                allOf(startsWith("HTTP/1.1 " + status), containsString("HTTP/1.1 200"), containsString("\"total\":0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
    void a_get_waits_for_no_body(String length) {
        String request = head("GET " + GROUPS, Vendors.ACME) + length + "\r\n\r\n";

        assertThat(RawHttp.sendAndHangUp(RestAssured.port, request, 5_000), startsWith("HTTP/1.1 200"));
    }

    @Test
    void the_next_request_after_an_unread_body_is_answered_on_both_ports() {
        assertAnswered(RestAssured.port, "/q/openapi", """
                / /nope /%zz /console/ /console/main.js /_static/nope /q/openapi /q/swagger-ui/ /q/nope
                /backoffice/nope /bitanswer/api/backoffice/history /bitanswer /bitanswer/api /bitanswer/api/nope
                /bitanswer/api/customer_groups""");
        assertAnswered(Management.PORT, "/q/health/live", "/ /q/health/live /q/health/ready /q/metrics /nope /%zz");
    }

    /** RFC 9112: nothing after a request with an ambiguous end is read on its connection. */
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
                "Host: localhost\r\nTransfer-Encoding : chunked",
                "Host: localhost\r\nContent-Length: 0\r\nContent-Length: 5",
                "Host: localhost\r\nContent-Length: +5",
            })
    void an_ambiguous_request_is_400_or_1001_and_the_last_of_its_connection(String headers) {
        createGroups("a");
        String bitkey = "bitkey: " + Vendors.ACME + "\r\n";
        String smuggled = "DELETE " + GROUPS + "/a HTTP/1.1\r\nHost: localhost\r\n" + bitkey + "\r\n";

        for (String target : new String[] {GROUPS + "/data", "/q/openapi", "/"}) {
            String answer =
                    RawHttp.send("POST " + target + " HTTP/1.1\r\n" + headers + "\r\n" + bitkey + "\r\n" + smuggled);

            assertThat(answer, startsWith("HTTP/1.1 400"));
            assertThat("one answer", answer.substring(1), not(containsString("HTTP/1.1")));
        }
        assertThat(
                RawHttp.send("POST " + GROUPS + "/data HTTP/1.1\r\nHost: localhost\r\n"
                        + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + smuggled),
                allOf(containsString("{\"status\":1001,"), containsStringIgnoringCase("connection: close")));
        api.get("/customer_groups/a").statusCode(200);
    }

    @Test
    void large_bodies_that_arrive_together_are_all_read() {
        List<String> answers = IntStream.range(0, MANY)
                .parallel()
                .mapToObj(i -> RawHttp.send(large(Vendors.ACME, i)))
                .toList();

        assertThat(answers, everyItem(startsWith("HTTP/1.1 200")));
        assertEquals(MANY, Sql.number("select count(*) from customer_group"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void while_senders_stall_large_bodies_are_5001_and_small_ones_are_read(boolean isChunked) {
        String large = chunked(" ".repeat(MEBIBYTE - 20) + "{\"name\":\"large\"}");
        whileSendersStall(() -> {
            assertThat(
                    RawHttp.send(isChunked ? large : large(Vendors.ACME, 0)),
                    allOf(
                            startsWith("HTTP/1.1 503"),
                            containsString("Retry-After: 1"),
                            containsString("\"status\":5001,")));
            assertThat(RawHttp.send(chunked("{\"name\":\"small\"}")), startsWith("HTTP/1.1 200"));
            api.post("/customer_groups", "{\"name\":\"small\"}").statusCode(200);
        });
    }

    @Test
    void senders_of_one_vendor_that_stall_leave_memory_to_another_vendor() {
        whileSendersStall(() -> {
            for (int i = 0; i < MANY; i++) {
                assertThat(RawHttp.send(large(Vendors.GLOBEX, i)), startsWith("HTTP/1.1 200"));
            }
        });
    }

    private static String keepAlive(String requestLine, String bitkey) {
        return head(requestLine, bitkey).replace("Connection: close\r\n", "");
    }

    /** Sends a body with a header to the path of groups or a path below it. */
    private static String post(String path, String header, String body) {
        return RawHttp.send(RawHttp.request(head("POST " + GROUPS + path, Vendors.ACME) + header, body));
    }

    /** Sends each request with a body, and a GET that follows on its connection. */
    private static void assertAnswered(int port, String next, String paths) {
        for (String path : paths.split("\\s+")) {
            for (String method : List.of("POST", "GET", "PUT")) {
                String first = RawHttp.request(keepAlive(method + " " + path, ""), "x".repeat(UNREAD));
                String answers = RawHttp.send(port, first + head("GET " + next, "") + "\r\n");
                assertThat(method + " " + path, answers.split("HTTP/1.1 ", -1).length - 1, is(2));
            }
        }
    }

    private static String chunked(String body) {
        return RawHttp.chunked(head("POST " + GROUPS, Vendors.ACME), body);
    }

    private static String large(String bitkey, int i) {
        String group = "{\"name\":\"large " + i + "\"}";
        return RawHttp.request(head("POST " + GROUPS, bitkey), group + " ".repeat(MEBIBYTE - group.length()));
    }

    /** Makes calls while so many senders of the first byte of a large body stall that their vendor has its share. */
    private static void whileSendersStall(Runnable calls) {
        String large = large(Vendors.ACME, 0);
        RawHttp.send(large);
        double share = Management.metric(MEMORY.formatted("share"));
        int count = (int) (share / 9 / (MEBIBYTE - MemoryBudget.SMALL_BODY)) + 1;
        try (HostileConnections senders = new HostileConnections(RestAssured.port)) {
            senders.open(count, large.substring(0, large.indexOf('{') + 1));
            Await.atMost(Duration.ofSeconds(5))
                    .until(() -> Management.metric(MEMORY.formatted("held")) > share - 9 * MEBIBYTE);
            calls.run();
        }
    }
}
