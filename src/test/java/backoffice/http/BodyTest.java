package backoffice.http;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.2 and 3.4: which bodies are read, how others are refused, and what follows on the connection. */
@QuarkusTest
public class BodyTest extends ApiTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final int MEBIBYTE = 1 << 20;

    /** The length of a body that nobody reads. A proxy may share its connection among clients. */
    private static final int UNREAD = 200_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json\r\n", "Content-Type: Application/JSON ; charset=\"utf-8\"\r\n",
                "Content-Type: application/merge-patch+json\r\n", "Content-Type: \r\n",
                ""
            })
    void json_is_read_and_an_absent_content_type_is_json(String header) {
        assertThat(post(header, "{\"name\":\"x\"}"), startsWith("HTTP/1.1 200"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain", "application/x-www-form-urlencoded", "application/xml",
                "application/json; charset=gbk", ";;;", "application/jsonx",
                "multipart/form-data; boundary=x"
            })
    void a_body_that_is_not_json_is_1006(String contentType) {
        assertThat(
                post("Content-Type: " + contentType + "\r\n", "{\"name\":\"x\"}"),
                allOf(startsWith("HTTP/1.1 415"), containsString("{\"status\":1006,"), containsString(contentType)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\uFEFF", "\uFEFF\r\n\t "})
    void a_byte_order_mark_alone_is_no_body_so_its_type_does_not_matter(String body) {
        for (String type : new String[] {"application/json", "text/plain"}) {
            String headers =
                    "Content-Type: " + type + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length;

            assertThat(
                    RawHttp.send(head("POST " + GROUPS + "/data", Vendors.ACME) + headers + "\r\n\r\n" + body),
                    allOf(startsWith("HTTP/1.1 200"), containsString("\"total\":0")));
            assertThat(
                    RawHttp.send(head("POST " + GROUPS, Vendors.ACME) + headers + "\r\n\r\n" + body),
                    containsString("{\"status\":1001,\"msg\":\"The body is missing; this call needs one, in JSON.\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"name\":\"\"}", "{\"name\":\"a\\nb\"}", "{\"name\":\"\\ud800\"}"})
    void a_body_of_the_wrong_form_is_1001(String body) {
        for (String path : new String[] {"/customer_groups", "/customer_groups/x"}) {
            api.post(path, body).statusCode(400).body("status", is(1001));
        }
    }

    @Test
    void a_body_of_one_mebibyte_is_accepted_and_a_larger_one_is_1005() {
        String envelope = "{\"name\":\"x\"}";
        api.post("/customer_groups", envelope + " ".repeat(MEBIBYTE - envelope.length()))
                .statusCode(200);
        api.post("/customer_groups", envelope + " ".repeat(MEBIBYTE - envelope.length() + 1))
                .statusCode(413)
                .body("status", is(1005));
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
        String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + bitkey
                + "\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n";

        assertThat(
                RawHttp.send(request),
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
        String request = "POST " + GROUPS + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + Vendors.ACME
                + "\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}";

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
        String first = "POST " + GROUPS + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + bitkey
                + "\r\nContent-Length: 2000000\r\n\r\n" + " ".repeat(2_000_000);

        String answers = RawHttp.send(first + head("GET " + GROUPS, Vendors.ACME) + "\r\n");

        assertThat(
                answers,
                allOf(startsWith("HTTP/1.1 " + status), containsString("HTTP/1.1 200"), containsString("\"total\":0")));
    }

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

    /** The number of answers to a request with a body and to a GET that follows on its connection. */
    private static int answers(int port, String method, String path, String next) {
        String answers = RawHttp.send(
                port,
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + UNREAD + "\r\n\r\n"
                        + "x".repeat(UNREAD) + RawHttp.head("GET " + next, "") + "\r\n");
        return answers.split("HTTP/1.1 ", -1).length - 1;
    }

    private static String post(String headers, String body) {
        return RawHttp.send(head("POST " + GROUPS, Vendors.ACME) + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body);
    }
}
