package backoffice.http;

import static org.junit.jupiter.api.Assertions.fail;

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

/**
 * The cost of a request grows no faster than its length: 16 kB of anything take less than 50 ms, and four times the
 * length takes less than eight times as long. The shortest of several runs counts, because the machine may be busy.
 */
@QuarkusTest
@Tag("slow")
class HostileInputsTest {

    private static final int KB = 1000;
    private static final double MAX_MILLIS = 50;
    private static final double MAX_GROWTH = 8;

    /** The part of the bound that a busy machine or a garbage collection may add. */
    private static final double SLACK = 0.1;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_RUNS = 20;
    private static final int MAX_BODY = 1000 * KB;
    private static final String LIKE = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"";
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
                "Consistency-Token",
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
                "X-Forwarded-For",
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
                "/backoffice/changes",
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
            check("management port: " + start + unit, Management.PORT, 16 * KB, request);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {GROUPS, "/bitanswer/%61pi/customer_groups", "/backoffice/history", "/console/", "/q/openapi"})
    void a_query_costs_no_more_than_its_length(String path) {
        for (String unit : List.of("a&", "a=1&", "limit=1&", "after=1&", "&", "=", "%", "%41", "%00", ";", "?", "é")) {
            check(path + "?" + unit, size -> head("GET " + path + "?" + fill(unit, size)) + "\r\n");
        }
    }

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
        check(start + unit + end, RestAssured.port, 16 * KB, request);
        check(start + unit + end, RestAssured.port, MAX_BODY, request);
    }

    private static String head(String requestLine) {
        return RawHttp.head(requestLine, Vendors.ACME);
    }

    /** Repeats a unit. A {@code #} in it is the number of the repetition. */
    private static String fill(String unit, int size) {
        StringBuilder text = new StringBuilder(size);
        for (int i = 0; text.length() < size - 2 * unit.length(); i++) {
            text.append(unit.replace("#", String.valueOf(i)));
        }
        return text.toString();
    }

    private static void check(String input, IntFunction<String> request) {
        check(input, RestAssured.port, 16 * KB, request);
    }

    private static void check(String input, int port, int size, IntFunction<String> request) {
        double maxMillis = MAX_MILLIS * size / (16 * KB);
        double quarter = Double.MAX_VALUE;
        double whole = Double.MAX_VALUE;
        for (int run = 0; run < MAX_RUNS; run++) {
            quarter = Math.min(quarter, millis(port, request.apply(size / 4)));
            whole = Math.min(whole, millis(port, request.apply(size)));
            if (run > 0 && whole < maxMillis && whole < MAX_GROWTH * quarter + SLACK * maxMillis) {
                return;
            }
        }
        fail("%s: %d bytes take %.1f ms, and %d take %.1f ms".formatted(input.strip(), size / 4, quarter, size, whole));
    }

    private static double millis(int port, String request) {
        long start = System.nanoTime();
        RawHttp.sendAndHangUp(port, request, TIMEOUT_MILLIS);
        return (System.nanoTime() - start) / 1e6;
    }
}
