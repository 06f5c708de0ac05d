package backoffice.http;

import static backoffice.http.RequestCost.check;
import static backoffice.http.RequestCost.fill;
import static backoffice.http.RequestCost.head;

import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of a request grows no faster than its length. */
@QuarkusTest
@Tag("slow")
class HostileInputsTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";

    private static final List<String> HEADER_UNITS = List.of(
            "a-",
            "a,",
            ",",
            ";",
            "a;q=0.1,",
            "a=b; ",
            "x ",
            "a\t",
            "\"",
            "\\\"",
            "W/\"a\",",
            "a+",
            "%",
            "[",
            ":",
            "1.",
            "0",
            "é");

    private static final List<String> PATH_UNITS = List.of(
            "%2f",
            "%5c", "/a", "//", "/..", "/./", "/%2e%2e", "/a/..", "%41", "%7e", "%2541", "%", "%0", "%00", "%c3", "é",
            ";", "%3b", "\\", "\u0001", ":", "@", "[", ".", "a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept-Language",
                "Accept",
                "Accept-Encoding",
                "Authorization",
                "Baggage",
                "Cookie",
                "Expect",
                "Forwarded",
                "If-Modified-Since",
                "If-None-Match",
                "Keep-Alive",
                "Origin",
                "Range",
                "TE",
                "Traceparent",
                "Tracestate",
                "Upgrade",
                "User-Agent",
                "X-Correlation-Id",
                "X-Forwarded-For"
            })
    void a_header_costs_no_more_than_its_length(String name) {
        for (String path : List.of(GROUPS + "/no-such-group", "/console/main.js")) {
            for (String unit : HEADER_UNITS) {
                check(name + ": " + unit, size -> head("GET " + path) + name + ": " + fill(unit, size) + "\r\n\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: ",
                "Content-Type: application/",
                "Content-Type: application/json; ",
                "Content-Type: application/json; charset=",
                "x-bit-req-id: "
            })
    void a_header_of_a_change_costs_no_more_than_its_length(String start) {
        for (String unit : HEADER_UNITS) {
            check(
                    start + unit,
                    size -> head("POST " + GROUPS) + start + fill(unit, size) + "\r\nContent-Length: 12\r\n\r\n"
                            + "{\"name\":\"x\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Connection", "Transfer-Encoding", "Content-Length", "bitkey"})
    void a_header_that_other_requests_have_once_costs_no_more_than_its_length(String name) {
        String others = RawHttp.head("GET " + GROUPS, Vendors.ACME).replaceFirst("\r\n" + name + ": .*", "");
        for (String unit : List.of("cgk_", "a,", "1")) {
            check(name + ": " + unit, size -> others + name + ": " + fill(unit, size) + "\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b\r\n", "a:\r\n", " a\r\n", "Accept-Language: a\r\n",
                "Connection: close\r\n", "Cookie: a=b\r\n", "Host: x\r\n", "Tracestate: a=b\r\n",
                "Transfer-Encoding: chunked\r\n", "x-bit-req-id: 1\r\n"
            })
    void many_headers_cost_no_more_than_their_length(String line) {
        for (String path : List.of(GROUPS, "/bitanswer/%61pi/customer_groups", "/console/", "/nope")) {
            check(path + " " + line, size -> head("GET " + path) + fill(line, size) + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/bitanswer/api", "/bitanswer/api/customers/",
                "/bitanswer/api/customer_groups/x/customers", "/bitanswer/api/backoffice/history", "/console/",
                        "/_static/",
                "/q/", "/q/openapi", "/q/swagger-ui/", "http://",
                "http://x/"
            })
    void a_path_costs_no_more_than_its_length(String start) {
        for (String unit : PATH_UNITS) {
            IntFunction<String> request = size -> head("GET " + start + fill(unit, size)) + "\r\n";
            check(start + unit, request);
            check("management port: " + start + unit, Management.PORT, 16 * RequestCost.KB, request);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GROUPS,
                "/bitanswer/%61pi/customer_groups",
                "/bitanswer/api/backoffice/history",
                "/console/",
                "/q/openapi"
            })
    void a_query_costs_no_more_than_its_length(String path) {
        for (String unit : List.of("a&", "a=1&", "limit=1&", "after=1&", "&", "=", "%", "%41", "%00", ";", "?", "é")) {
            check(path + "?" + unit, size -> head("GET " + path + "?" + fill(unit, size)) + "\r\n");
        }
    }

    private static final int MAX_BODY = 1000 * RequestCost.KB;
    private static final String LIKE = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"";

    static Stream<Arguments> bodies() {
        return Stream.of(
                body("/customer_groups", "", "[", ""),
                body("/customer_groups", "", "{\"a\":", ""),
                body("/customer_groups", "", " ", "x"),
                body("/customer_groups", "", "{}", ""),
                body("/customer_groups", "{", "\"name\":\"x\",", "}"),
                body("/customer_groups", "{", "\"a#\":1,", "\"name\":\"x\"}"),
                body("/customer_groups", "{\"name\":\"x\"}", "\n", "x"),
                body("/customer_groups", "{\"name\":\"", "a", "\"}"),
                body("/customer_groups", "{\"name\":\"", "\\u0000", "\"}"),
                body("/customer_groups", "{\"name\":\"", "\\\"", "\"}"),
                body("/customer_groups", "{\"name\":", "1", "}"),
                body("/customer_groups", "{\"name\":0.", "1", "}"),
                body("/customer_groups", "{\"name\":[", "1,", "1]}"),
                body("/customer_groups", "{\"name\":{", "\"a#\":{},", "\"b\":1}}"),
                body("/customers", "[", "{\"name\":\"#\"},", "{}]"),
                body("/customers", "[", "null,", "null]"),
                body("/customers", "[", "1,", "1]"),
                body("/customers", "[{\"name\":\"x\"", ",\"a#\":[]", "}]"),
                body("/customers", "[{\"name\":\"x\",\"description\":\"", "a", "\"}]"),
                body("/customers", "[{\"name\":\"x\",\"regDate\":\"", "1", "\"}]"),
                body("/customers/data", "{\"querys\":[", "{\"name\":\"name\"},", "{}]}"),
                body("/customers/data", "{\"querys\":[", "{\"#\":\"name\"},", "{}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"", "a", "\"}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"", " ", "\"}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"", " a", "\"}]}"),
                body("/customers/data", "{\"querys\":[{\"name\":\"name\",\"values\":[", "\"#\",", "\"x\"]}]}"),
                body("/customers/data", LIKE, "%a", "\"]}]}"),
                body("/customers/data", LIKE, "_", "\"]}]}"),
                body("/customers/data", LIKE, "\\\\", "\"]}]}"),
                body("/customers/data", LIKE, "a", "%\"]}]}"),
                body("/customers/data", "{\"sorts\":[", "{\"name\":\"name\"},", "{}]}"),
                body("/customers/data", "{\"sorts\":[", "null,", "null]}"));
    }

    private static Arguments body(String path, String start, String unit, String end) {
        return Arguments.of(path, start, unit, end);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_costs_no_more_than_its_length(String path, String start, String unit, String end) {
        IntFunction<String> request = size -> {
            String body = start + fill(unit, size) + end;
            return head("POST " + Api.BASE_PATH + path) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        };
        check(start + unit + end, RestAssured.port, 16 * RequestCost.KB, request);
        check(start + unit + end, RestAssured.port, MAX_BODY, request);
    }
}
