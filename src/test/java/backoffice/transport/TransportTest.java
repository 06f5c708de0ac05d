package backoffice.transport;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract, sections 1 and 8: what every call has in common, and how requests fail that reach none. */
@QuarkusTest
class TransportTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final int MEBIBYTE = 1 << 20;

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void one_group() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"华东区\"}").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bitanswer/api",
                "/bitanswer/api/",
                "/bitanswer/api/nope",
                "/bitanswer/api/customer_groups/",
                "/bitanswer/api//customer_groups",
                "/bitanswer/api/customer_groups//customers",
                "/bitanswer/api/customer_groups/a/nope",
                "/bitanswer/api/customer_groups/a/customers/",
                "/bitanswer/api/customer_groups/a/customers/b",
                "/bitanswer/api/Customer_Groups",
                "/bitanswer/api/customer_groups/..",
                "/bitanswer/api/customer_groups/%2E",
                "/bitanswer/api/customer_groups/a/.."
            })
    void a_path_that_is_not_there_is_1003(String path) {
        assertThat(
                RawHttp.send(head("GET " + path, Vendors.ACME) + "\r\n"),
                allOf(startsWith("HTTP/1.1 404"), containsString("{\"status\":1003,\"msg\":\"There is no path")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bitanswer/api/./customer_groups", "/bitanswer/api/nope/../customer_groups",
                "/bitanswer/api/customer_groups/%2e%2e/customer_groups", "/x/../bitanswer/api/customer_groups",
                "/bitanswer/api/customer_groups?x=%zz&=&&limit=50", "/bitanswer/%61pi/customer%5Fgroups",
                "http://localhost/bitanswer/api/customer_groups"
            })
    void other_writings_of_the_same_path_are_that_path(String target) {
        assertThat(
                RawHttp.send(head("GET " + target, Vendors.ACME) + "\r\n"),
                allOf(startsWith("HTTP/1.1 200"), containsString("\"total\":1")));
    }

    @Test
    void a_name_may_stand_in_the_path_as_raw_utf8() {
        assertThat(
                RawHttp.send(head("GET " + GROUPS + "/华东区", Vendors.ACME) + "\r\n"),
                allOf(startsWith("HTTP/1.1 200"), endsWith("{\"total\":1,\"items\":[{\"name\":\"华东区\"}]}}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "%4", "a%", "%E4%B8", "%ff", "%C0%80", "%ED%A0%80"})
    void broken_percent_encoding_is_1001(String segment) {
        assertThat(
                RawHttp.send(head("GET " + GROUPS + "/" + segment, Vendors.ACME) + "\r\n"),
                allOf(startsWith("HTTP/1.1 400"), containsString("{\"status\":1001,"), containsString(segment)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "%00", "%0A", "%7F", "%E3%80%80", "%C2%A0"})
    void a_segment_that_is_no_name_is_1001(String segment) {
        api.get("/customer_groups/" + segment).statusCode(400).body("status", is(1001));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT     | /customer_groups               | GET, HEAD, POST",
                "PATCH   | /customer_groups               | GET, HEAD, POST",
                "DELETE  | /customer_groups               | GET, HEAD, POST",
                "OPTIONS | /customer_groups               | GET, HEAD, POST",
                "PUT     | /customer_groups/data          | DELETE, GET, HEAD, PATCH, POST",
                "PUT     | /customer_groups/a             | DELETE, GET, HEAD, PATCH, POST",
                "BREW    | /customer_groups/a             | DELETE, GET, HEAD, PATCH, POST",
                "PUT     | /customer_groups/a/customers   | DELETE, GET, HEAD, POST",
                "PATCH   | /customer_groups/a/customers   | DELETE, GET, HEAD, POST",
                "OPTIONS | /customer_groups/a/customers   | DELETE, GET, HEAD, POST"
            })
    void a_method_that_the_path_does_not_have_is_1004_with_allow(String method, String path, String allow) {
        api.send(method, path, "{}")
                .statusCode(405)
                .header("Allow", is(allow))
                .body("status", is(1004))
                .body("msg", is("The path has no method " + method + "; accepted: " + allow + "."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=-1",
                "limit=abc",
                "limit=",
                "limit",
                "limit=1.0",
                "limit=+1",
                "limit=%2B1",
                "limit=1%20",
                "limit=0x10",
                "limit=٥",
                "limit=4294967297",
                "limit=99999999999999999999",
                "limit=1&limit=1",
                "limit=%zz",
                "limit=%ff",
                "offset=-1",
                "offset=2147483648",
                "offset=abc",
                "offset=&offset=1",
                "offset=1&offset=2"
            })
    void paging_that_is_not_accepted_is_refused(String query) {
        for (String path : new String[] {"/customer_groups", "/customer_groups/x/customers"}) {
            assertThat(
                    RawHttp.send(head("GET " + Api.BASE_PATH + path + "?" + query, Vendors.ACME) + "\r\n"),
                    allOf(
                            startsWith("HTTP/1.1 400"),
                            containsString("{\"status\":1001,"),
                            containsString("parameter")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=1",
                "limit=0001000",
                "l%69mit=1",
                "offset=0&limit=1000",
                "offset=00",
                "Limit=abc",
                "x=1&x=2"
            })
    void paging_in_ascii_digits_is_accepted(String query) {
        api.get("/customer_groups?" + query).statusCode(200).body("data.total", is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml;q=0.9", "", ";;,,", "*/*;q=0"})
    void accept_is_ignored(String accept) {
        api.request()
                .header("Accept", accept)
                .get(GROUPS)
                .then()
                .statusCode(200)
                .header("Content-Type", is("application/json;charset=UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json\r\n",
                "Content-Type: Application/JSON ; charset=\"utf-8\"\r\n",
                "Content-Type: application/merge-patch+json\r\n",
                "Content-Type: \r\n",
                ""
            })
    void json_is_read_and_an_absent_content_type_is_json(String header) {
        assertThat(post(header, "{\"name\":\"x\"}"), startsWith("HTTP/1.1 200"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml",
                "application/json; charset=gbk",
                ";;;",
                "application/jsonx",
                "multipart/form-data; boundary=x"
            })
    void a_body_that_is_not_json_is_1006(String contentType) {
        assertThat(
                post("Content-Type: " + contentType + "\r\n", "{\"name\":\"x\"}"),
                allOf(startsWith("HTTP/1.1 415"), containsString("{\"status\":1006,"), containsString(contentType)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":5}",
                "{\"name\":true}",
                "{\"name\":1.5}",
                "{\"name\":[]}",
                "{\"name\":{}}",
                "{\"name\":null}",
                "{\"nmae\":\"x\"}",
                "{\"name\":\"x\",\"nmae\":\"x\"}",
                "{\"name\":\"x\",\"name\":\"x\"}",
                "{}",
                "[]",
                "5",
                "\"name\"",
                "null",
                "",
                " ",
                "{\"name\":\"x\"",
                "{\"name\":\"x\"}}",
                "{\"name\":\"x\"} {}",
                "{'name':'x'}",
                "{\"name\":\"x\",}",
                "{\"name\":\"\"}",
                "{\"name\":\" \"}",
                "{\"name\":\".\"}",
                "{\"name\":\"..\"}",
                "{\"name\":\"\\u0000\"}",
                "{\"name\":\"a\\nb\"}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"\\udc00\\ud800\"}",
                "{\"name\":\"\\u007f\"}",
                "{\"name\":\"\\u3000\"}",
                "{\"name\":NaN}",
                "// x\n{\"name\":\"x\"}"
            })
    void a_body_that_breaks_the_form_is_1001(String body) {
        for (String path : new String[] {"/customer_groups", "/customer_groups/x"}) {
            api.post(path, body).statusCode(400).body("status", is(1001));
        }
    }

    @Test
    void a_message_says_where_and_what_and_what_is_accepted() {
        api.post("/customer_groups", "{\"name\":5}")
                .body("msg", is("name: 5 is not a string, and a string is wanted."));
        api.post("/customer_groups", "{\"nmae\":\"x\"}")
                .body("msg", is("There is no member \"nmae\"; accepted: name."));
        api.get("/customer_groups?limit=" + "9".repeat(200))
                .body(
                        "msg",
                        is("The parameter limit is \"" + "9".repeat(100)
                                + "…\"; accepted: whole numbers from 1 to 1000, in the digits 0 to 9."));
    }

    @Test
    void messages_are_chinese_for_those_who_prefer_it() {
        for (String language : new String[] {"zh", "zh-CN,zh;q=0.9,en;q=0.8", "fr, zh-Hant-TW;q=0.1"}) {
            api.request()
                    .header("Accept-Language", language)
                    .get(GROUPS + "/nobody")
                    .then()
                    .body(is("{\"status\":2001,\"msg\":\"客户组“nobody”不存在。\"}"));
        }
        for (String language : new String[] {"en", "en;q=0.5,zh;q=0.4", "fr", "*", "zh;q=0", "%%%", ""}) {
            api.request()
                    .header("Accept-Language", language)
                    .get(GROUPS + "/nobody")
                    .then()
                    .body("msg", startsWith("There is no"));
        }
    }

    @Test
    void a_hundred_thousand_brackets_are_1001() {
        assertThat(post("", "[".repeat(100_000)), allOf(startsWith("HTTP/1.1 400"), containsString("\"status\":1001")));
    }

    @Test
    void a_body_has_up_to_a_mebibyte() {
        String envelope = "{\"name\":\"x\"}";
        api.post("/customer_groups", envelope + " ".repeat(MEBIBYTE - envelope.length()))
                .statusCode(200);
        api.post("/customer_groups", envelope + " ".repeat(MEBIBYTE - envelope.length() + 1))
                .statusCode(413)
                .body("status", is(1005));
    }

    @Test
    void a_body_of_unknown_length_is_cut_off_at_a_mebibyte() {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        assertThat(
                RawHttp.send(head("POST " + GROUPS, Vendors.ACME) + "Transfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(17) + "0\r\n\r\n"),
                allOf(startsWith("HTTP/1.1 413"), containsString("{\"status\":1005,")));
    }

    @Test
    void a_large_body_is_refused_before_it_is_sent() {
        assertThat(
                RawHttp.send(head("POST " + GROUPS, Vendors.ACME)
                        + "Expect: 100-continue\r\nContent-Length: 100000000\r\n\r\n"),
                allOf(startsWith("HTTP/1.1 413"), containsString("{\"status\":1005,")));
    }

    @ParameterizedTest
    @CsvSource({"no-such-key, 401", Vendors.ACME + ", 413"})
    void the_connection_serves_on_after_an_answer_that_did_not_wait_for_the_body(String bitkey, int status) {
        String first = "POST " + GROUPS + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + bitkey
                + "\r\nContent-Length: 2000000\r\n\r\n" + " ".repeat(2_000_000);

        String answers = RawHttp.send(first + head("GET " + GROUPS, Vendors.ACME) + "\r\n");

        assertThat(
                answers,
                allOf(startsWith("HTTP/1.1 " + status), containsString("HTTP/1.1 200"), containsString("\"total\":1")));
    }

    @Test
    void malformed_utf8_is_1001() {
        byte[] head = (head("POST " + GROUPS, Vendors.ACME) + "Content-Length: 14\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = "{\"name\":\"XXX\"}".getBytes(StandardCharsets.US_ASCII);
        // A surrogate as three octets, which is no UTF-8.
        body[9] = (byte) 0xED;
        body[10] = (byte) 0xA0;
        body[11] = (byte) 0x80;
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);

        assertThat(RawHttp.send(request), allOf(startsWith("HTTP/1.1 400"), containsString("{\"status\":1001,")));
    }

    @Test
    void three_names_of_255_four_byte_code_points_fit_into_a_request() {
        String name = "%F0%9F%98%80".repeat(255);
        api.request()
                .header("x-padding", "x".repeat(6000))
                .get(GROUPS + "/" + name + "/" + name + "/" + name)
                .then()
                .statusCode(404)
                .body("status", is(1003));
    }

    @Test
    void a_request_without_a_host_gets_the_envelope_too() {
        assertThat(
                RawHttp.send("GET " + GROUPS + " HTTP/1.1\r\nConnection: close\r\n\r\n"),
                allOf(startsWith("HTTP/1.1 400"), endsWith("{\"status\":1001,\"msg\":\"The request is malformed.\"}")));
    }

    @Test
    void path_and_method_are_judged_before_the_key_and_the_key_before_the_request() {
        assertThat(
                RawHttp.send(head("GET " + Api.BASE_PATH + "/nope/%zz", "wrong") + "\r\n"), startsWith("HTTP/1.1 404"));
        assertThat(RawHttp.send(head("PUT " + GROUPS + "/%zz", "wrong") + "\r\n"), startsWith("HTTP/1.1 405"));
        assertThat(RawHttp.send(head("GET " + GROUPS + "/%zz", "wrong") + "\r\n"), startsWith("HTTP/1.1 401"));
        assertThat(
                RawHttp.send(
                        head("POST " + GROUPS, "wrong") + "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx"),
                startsWith("HTTP/1.1 401"));
    }

    @Test
    void a_fault_tells_its_correlation_id_and_nothing_of_the_inside() {
        Sql.execute("alter table customer_group rename to hidden");
        try {
            api.get("/customer_groups")
                    .statusCode(500)
                    .body("status", is(5000))
                    .body(
                            "msg",
                            allOf(
                                    startsWith("The service failed. Its log tells more under "),
                                    not(containsString("group"))));
        } finally {
            Sql.execute("alter table hidden rename to customer_group");
        }
        api.get("/customer_groups").statusCode(200);
    }

    private static String post(String headers, String body) {
        return RawHttp.send(head("POST " + GROUPS, Vendors.ACME) + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body);
    }
}
