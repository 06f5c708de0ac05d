package backoffice.http;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.1 and 8.2: which request reaches which call, and the order of checks. */
@QuarkusTest
public class RoutingTest extends ApiTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";

    /** In a path, {@code ~} stands for the base path. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | 1003 | /bitanswer/api /bitanswer//api/customer_groups //bitanswer/api/customer_groups /x/..//bitanswer/api
            GET    | 1003 | ~/ ~/nope ~/customer_groups/ ~//customer_groups ~/customer_groups//customers
            GET    | 1003 | ~/customer_groups/a/nope ~/customer_groups/a/customers/ ~/customer_groups/a/customers/b
            GET    | 1003 | ~/Customer_Groups ~/customer_groups/.. ~/customer_groups/%2E ~/customer_groups/a/%2e%2e
            GET    | 1003 | ~/customer_groups/a/. ~/customer_groups/%C3/%A9 ~/.//customer_groups ~/customers/a/b/c
            GET    | 1003 | ~/customers//a ~/customers#
            # The serial numbers of a customer, with any method
            GET    | 1003 | ~/customers/a/sns ~/customers/a/%73ns ~/customers/sns/sns ~/customers/a/b/sns
            DELETE | 1003 | ~/customers/a/sns
            POST   | 1003 | ~/customers/a/sns
            # A broken percent-encoding, an illegal name and an illegal number
            GET    | 1001 | ~/customer_groups/%zz ~/customer_groups/% ~/customer_groups/%4 ~/customer_groups/a%
            GET    | 1001 | ~/customer_groups/%%41 ~/customer_groups/%4g ~/customer_groups/%-1 ~/customer_groups/%u7532
            GET    | 1001 | ~/customer_groups/%80 ~/customer_groups/%E4%B8 ~/customer_groups/%ff ~/customer_groups/%C0%80
            GET    | 1001 | ~/customer_groups/%ED%A0%80 ~/customer_groups/%E0%80%AF ~/customer_groups/%F4%90%80%80
            GET    | 1001 | ~/customer_groups/a#% ~/customer_groups/%20 ~/customer_groups/%00 ~/customer_groups/%0A
            GET    | 1001 | ~/customer_groups/%7F ~/customer_groups/%E3%80%80 ~/customer_groups/%C2%A0
            GET    | 1001 | ~/customer_groups?offset=0#&limit=1 ~/customer_groups?offset=%30#
            """)
    void a_path_that_is_not_served_is_1003_and_an_illegal_one_is_1001(String method, int status, String paths) {
        for (String path : paths.split(" ")) {
            assertThat(
                    path,
                    RawHttp.send(head(method + " " + path.replace("~", Api.BASE_PATH), Vendors.ACME) + "\r\n"),
                    allOf(
                            startsWith("HTTP/1.1 " + (status == 1003 ? 404 : 400)),
                            containsString("{\"status\":" + status + ",")));
        }
    }

    @Test
    void a_customer_named_sns_is_reached_by_search_and_by_batches_and_without_a_group_by_its_path() {
        api.post("/customer_groups", "{\"name\":\"g\"}").statusCode(200);
        api.post("/customers", "[{\"name\":\"sns\"},{\"name\":\"sns\",\"groupName\":\"g\"}]")
                .statusCode(200);

        api.get("/customers/sns").statusCode(200);
        api.post("/customers/data", "{\"querys\":[{\"name\":\"groupName\",\"op\":\"is not null\"}]}")
                .body("data.total", is(1));
        api.send("PATCH", "/customers", "[{\"name\":\"sns\",\"groupName\":\"g\",\"city\":\"上海\"}]")
                .body("data.items[0].city", is("上海"));
    }

    @Test
    void other_spellings_of_a_path_reach_the_same_call() {
        for (String target : """
                /bitanswer/api/./customer_groups /bitanswer/api/nope/../customer_groups
                /bitanswer/api/customer_groups/%2e%2e/customer_groups /x/../bitanswer/api/customer_groups
                /bitanswer/api/customer_groups?x=%zz&=&&limit=50 /bitanswer/%61pi/customer%5Fgroups
                http://localhost/bitanswer/api/customer_groups""".split("\\s+")) {
            assertThat(
                    target,
                    RawHttp.get(target, Vendors.ACME),
                    allOf(startsWith("HTTP/1.1 200"), containsString("\"total\":0")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            %61%5A%30%2D%2e%5F%7E     | aZ0-._~
            a%2Fb                     | a/b
            a%2fb                     | a/b
            a%3Bb%3Fc%23d%25e%2Bf%20g | a;b?c#d%e+f g
            a%5Cb                     | a\\\\b
            %2541                     | %41
            a+b                       | a+b
            a:@!$&'()*,=b             | a:@!$&'()*,=b
            a;b=c                     | a;b=c
            ;                         | ;
            华东区                    | 华东区
            甲%F0%9F%98%80            | 甲😀
            ...                       | ...
            .a                        | .a
            a%20.                     | a .
            ..;                       | ..;
            a#b                       | a#b
            %41#                      | A#
            #%41                      | #A
            #/../%41                  | A
            %41#?x#y=%                | A#
            x/../a                    | a
            x/%2e%2E/a                | a
            x/.%2e/./%2e/a            | a
            x;y/%2F/../../a           | a
            """)
    void a_segment_of_a_path_is_a_name(String segment, String name) {
        api.post("/customer_groups", "{\"name\":\"" + name + "\"}").statusCode(200);

        assertThat(
                RawHttp.get(GROUPS + "/" + segment, Vendors.ACME),
                allOf(startsWith("HTTP/1.1 200"), endsWith("{\"total\":1,\"items\":[{\"name\":\"" + name + "\"}]}}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT     | /customer_groups               | GET, HEAD, POST
            OPTIONS | /customer_groups               | GET, HEAD, POST
            PUT     | /customer_groups/data          | DELETE, GET, HEAD, PATCH, POST
            PUT     | /customer_groups/a             | DELETE, GET, HEAD, PATCH, POST
            BREW    | /customer_groups/a             | DELETE, GET, HEAD, PATCH, POST
            PUT     | /customer_groups/a/customers   | DELETE, GET, HEAD, POST
            PUT     | /customers                     | DELETE, GET, HEAD, PATCH, POST
            PATCH   | /customers/data                | DELETE, GET, HEAD, POST
            POST    | /customers/c                   | DELETE, GET, HEAD
            POST    | /customers/a/c                 | DELETE, GET, HEAD
            """)
    void a_method_that_the_path_does_not_have_is_1004_with_allow(String method, String path, String allow) {
        api.send(method, path, "{}")
                .statusCode(405)
                .header("Allow", is(allow))
                .body("status", is(1004))
                .body("msg", is("The path has no method " + method + "; accepted: " + allow + "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: x\r\nHost: y\r\n", "Host: x\r\n: nameless\r\n"})
    void a_request_without_a_host_or_with_two_or_with_a_nameless_header_gets_an_envelope(String hosts) {
        assertThat(
                RawHttp.send("GET " + GROUPS + " HTTP/1.1\r\n" + hosts + "Connection: close\r\n\r\n"),
                allOf(startsWith("HTTP/1.1 400"), endsWith("{\"status\":1001,\"msg\":\"The request is malformed.\"}")));
    }

    @Test
    void path_and_method_are_checked_before_the_key_and_the_key_before_the_request() {
        assertThat(RawHttp.get(Api.BASE_PATH + "/nope/%zz", "wrong"), startsWith("HTTP/1.1 404"));
        assertThat(RawHttp.send(head("PUT " + GROUPS + "/%zz", "wrong") + "\r\n"), startsWith("HTTP/1.1 405"));
        assertThat(RawHttp.get(GROUPS + "/%zz", "wrong"), startsWith("HTTP/1.1 401"));
        assertThat(
                RawHttp.send(
                        head("POST " + GROUPS, "wrong") + "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx"),
                startsWith("HTTP/1.1 401"));
    }

    @Test
    void head_is_get_without_its_body_and_has_no_other_headers() {
        for (String path : List.of("", "/b", "/a/b/c/d")) {
            String get = RawHttp.send(head("GET " + GROUPS + path, Vendors.ACME) + "Accept-Encoding: gzip\r\n\r\n");
            String head = RawHttp.send(head("HEAD " + GROUPS + path, Vendors.ACME) + "Accept-Encoding: gzip\r\n\r\n");

            assertThat(namesOfHeaders(head), everyItem(is(in(namesOfHeaders(get)))));
            assertThat(head, endsWith("\r\n\r\n"));
        }
    }

    private static List<String> namesOfHeaders(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n"))
                .lines()
                .map(line -> line.replaceFirst(":.*", ""))
                .toList();
    }
}
