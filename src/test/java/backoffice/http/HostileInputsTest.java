package backoffice.http;

import static backoffice.http.RequestCost.check;
import static backoffice.http.RequestCost.fill;
import static backoffice.http.RequestCost.head;

import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of a request without a body grows no faster than its length. */
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
                "x-bit-req-id: ",
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
                "a: b\r\n",
                "a:\r\n",
                " a\r\n",
                "Accept-Language: a\r\n",
                "Connection: close\r\n",
                "Cookie: a=b\r\n",
                "Host: x\r\n",
                "Tracestate: a=b\r\n",
                "Transfer-Encoding: chunked\r\n",
                "x-bit-req-id: 1\r\n",
            })
    void many_headers_cost_no_more_than_their_length(String line) {
        for (String path : List.of(GROUPS, "/bitanswer/%61pi/customer_groups", "/console/", "/nope")) {
            check(path + " " + line, size -> head("GET " + path) + fill(line, size) + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/bitanswer/api",
                "/bitanswer/api/customers/",
                "/bitanswer/api/customer_groups/x/customers",
                "/bitanswer/api/backoffice/history",
                "/console/",
                "/_static/",
                "/q/",
                "/q/openapi",
                "/q/swagger-ui/",
                "http://",
                "http://x/",
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
}
