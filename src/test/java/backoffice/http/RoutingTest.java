package backoffice.http;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.1 and 8.2: which request reaches which call, and the order of checks. */
@QuarkusTest
public class RoutingTest extends ApiTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bitanswer/api", "/bitanswer/api/",
                "/bitanswer/api/nope", "/bitanswer/api/customer_groups/",
                "/bitanswer/api//customer_groups", "/bitanswer//api/customer_groups",
                "//bitanswer/api/customer_groups", "/x/..//bitanswer/api",
                "/bitanswer/api/customer_groups//customers", "/bitanswer/api/customer_groups/a/nope",
                "/bitanswer/api/customer_groups/a/customers/", "/bitanswer/api/customer_groups/a/customers/b",
                "/bitanswer/api/Customer_Groups", "/bitanswer/api/customer_groups/..",
                "/bitanswer/api/customer_groups/%2E", "/bitanswer/api/customer_groups/a/%2e%2e",
                "/bitanswer/api/customer_groups/a/.", "/bitanswer/api/customer_groups/%C3/%A9",
                "/bitanswer/api/.//customer_groups", "/bitanswer/api/customers/a/b/c",
                "/bitanswer/api/customers//a", "/bitanswer/api/customers#"
            })
    void a_path_that_does_not_exist_is_1003(String path) {
        assertThat(
                RawHttp.get(path, Vendors.ACME),
                allOf(startsWith("HTTP/1.1 404"), containsString("{\"status\":1003,\"msg\":\"There is no path")));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /customers/a/sns",
        "DELETE, /customers/a/sns",
        "POST, /customers/a/sns",
        "GET, /customers/a/%73ns",
        "GET, /customers/sns/sns",
        "GET, /customers/a/b/sns"
    })
    void serial_numbers_of_a_customer_are_1003_with_any_method(String method, String path) {
        assertThat(
                RawHttp.send(head(method + " " + Api.BASE_PATH + path, Vendors.ACME) + "\r\n"),
                allOf(startsWith("HTTP/1.1 404"), containsString("{\"status\":1003,")));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bitanswer/api/./customer_groups", "/bitanswer/api/nope/../customer_groups",
                "/bitanswer/api/customer_groups/%2e%2e/customer_groups", "/x/../bitanswer/api/customer_groups",
                "/bitanswer/api/customer_groups?x=%zz&=&&limit=50", "/bitanswer/%61pi/customer%5Fgroups",
                "http://localhost/bitanswer/api/customer_groups"
            })
    void other_spellings_of_a_path_reach_the_same_call(String target) {
        assertThat(RawHttp.get(target, Vendors.ACME), allOf(startsWith("HTTP/1.1 200"), containsString("\"total\":0")));
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
    @ValueSource(
            strings = {
                "%zz", "%", "%4", "a%",
                "%%41", "%4g", "%-1", "%u7532",
                "%80", "%E4%B8", "%ff", "%C0%80",
                "%ED%A0%80", "%E0%80%AF", "%F4%90%80%80", "a#%"
            })
    void broken_percent_encoding_is_1001(String segment) {
        assertThat(
                RawHttp.get(GROUPS + "/" + segment, Vendors.ACME),
                allOf(startsWith("HTTP/1.1 400"), containsString("{\"status\":1001,"), containsString(segment)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%20", "/%00", "/%0A", "/%7F", "/%E3%80%80", "/%C2%A0", "?offset=0#&limit=1", "?offset=%30#"})
    void an_illegal_name_in_the_path_or_number_in_the_query_is_1001(String rest) {
        assertThat(
                RawHttp.get(GROUPS + rest, Vendors.ACME),
                allOf(startsWith("HTTP/1.1 400"), containsString("{\"status\":1001,")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT     | /customer_groups               | GET, HEAD, POST
            PATCH   | /customer_groups               | GET, HEAD, POST
            DELETE  | /customer_groups               | GET, HEAD, POST
            OPTIONS | /customer_groups               | GET, HEAD, POST
            PUT     | /customer_groups/data          | DELETE, GET, HEAD, PATCH, POST
            PUT     | /customer_groups/a             | DELETE, GET, HEAD, PATCH, POST
            BREW    | /customer_groups/a             | DELETE, GET, HEAD, PATCH, POST
            PUT     | /customer_groups/a/customers   | DELETE, GET, HEAD, POST
            PATCH   | /customer_groups/a/customers   | DELETE, GET, HEAD, POST
            OPTIONS | /customer_groups/a/customers   | DELETE, GET, HEAD, POST
            PUT     | /customers                     | GET, HEAD, PATCH, POST
            DELETE  | /customers                     | GET, HEAD, PATCH, POST
            PATCH   | /customers/data                | DELETE, GET, HEAD, POST
            POST    | /customers/c                   | DELETE, GET, HEAD
            PATCH   | /customers/c                   | DELETE, GET, HEAD
            POST    | /customers/a/c                 | DELETE, GET, HEAD
            """)
    void a_method_that_the_path_does_not_have_is_1004_with_allow(String method, String path, String allow) {
        api.send(method, path, "{}")
                .statusCode(405)
                .header("Allow", is(allow))
                .body("status", is(1004))
                .body("msg", is("The path has no method " + method + "; accepted: " + allow + "."));
    }

    @Test
    void three_names_of_255_four_byte_code_points_fit_into_a_request() {
        String name = "%F0%9F%98%80".repeat(255);
        api.with("x-padding", "x".repeat(6000))
                .get("/customer_groups/" + name + "/" + name + "/" + name)
                .statusCode(404)
                .body("status", is(1003));
    }

    @Test
    void a_request_without_a_host_header_gets_an_envelope() {
        assertThat(
                RawHttp.send("GET " + GROUPS + " HTTP/1.1\r\nConnection: close\r\n\r\n"),
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
    void head_is_get_without_its_body() {
        api.request().head(GROUPS).then().statusCode(200).body(is(blankOrNullString()));
        api.request().head(GROUPS + "/b").then().statusCode(404).body(is(blankOrNullString()));
    }
}
