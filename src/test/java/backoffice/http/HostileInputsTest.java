package backoffice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.fail;

import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cost of a request grows no faster than its length: four times the length of a request target, of headers or of a body
 * takes less than eight times the processor time. Each request has an answer, whatever bytes it has. The shortest of several
 * runs counts, because code has to warm up.
 */
@QuarkusTest
@Tag("slow")
class HostileInputsTest {

    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final int KB = 1000;
    private static final double MAX_GROWTH = 8;

    /** What the collection of garbage may add to the time of 16 kB. Less than this shows no growth. */
    private static final double NOISE_MILLIS = 5;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_RUNS = 20;

    /** What HTTP itself takes for the end of the target or of the request line. */
    private static final String WHITE_SPACE = "\t\n\u000b\f\r ";

    private static final List<String> TARGET_UNITS = List.of("""
            %41 %2f %23 %80 % # ; \u00ff /. /%2e%2e // %5c /a /./ /a/.. %2541 %0 %00 %c3 %3b \\ \u0001 : @ [ . a
            \u00c3\u00a9 a=1& limit=1& & = %20 + %09 limit=1%20&""".split("\\s+"));

    private static final List<String> HEADER_UNITS =
            List.of(" |a-|a,|,|;|a;q=0.1,|a=b; |x |a\t|\"|\\\"|W/\"a\",|a+|%|[|:|1.|0|\u00c3\u00a9".split("\\|"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept-Language", "Accept", "Accept-Encoding", "Authorization", "Baggage",
                "Cookie", "Expect", "Forwarded", "If-Modified-Since", "If-None-Match",
                "Keep-Alive", "Origin", "Range", "TE", "Traceparent",
                "Tracestate", "Upgrade", "User-Agent", "X-Correlation-Id", "X-Forwarded-For"
            })
    void a_header_costs_no_more_than_its_length(String name) {
        for (String path : List.of(GROUPS + "/no-such-group", "/console/main.js")) {
            for (String unit : HEADER_UNITS) {
                check(name + ": " + unit, size -> head("GET " + path) + name + ": a" + fill(unit, size) + "a\r\n\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: ",
                "Content-Type: application/",
                "Content-Type: application/json",
                "Content-Type: application/json; ",
                "Content-Type: application/json; charset=",
                "Content-Type: application/json; charset=utf-8; charset",
                "x-bit-req-id: "
            })
    void a_header_of_a_change_costs_no_more_than_its_length(String start) {
        String body = "\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}";
        for (String unit : HEADER_UNITS) {
            check(start + unit, size -> head("POST " + GROUPS) + start + fill(unit, size) + "a" + body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Connection", "Transfer-Encoding", "Content-Length", "bitkey"})
    void a_header_that_other_requests_have_once_costs_no_more_than_its_length(String name) {
        String others = head("GET " + GROUPS).replaceFirst("\r\n" + name + ": .*", "");
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
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /customer_groups | ``                                                | [                | ``
            /customer_groups | ``                                                | {"a":            | ``
            /customer_groups | ``                                                | ` `              | x
            /customer_groups | ``                                                | {}               | ``
            /customer_groups | {                                                 | "name":"x",      | }
            /customer_groups | {                                                 | "a{i}":1,        | "name":"x"}
            /customer_groups | {"name":"x"}                                      | ` `              | x
            /customer_groups | {"name":"                                         | a                | "}
            /customer_groups | {"name":"                                         | \\u0000          | "}
            /customer_groups | {"name":"                                         | \\"              | "}
            /customer_groups | {"name":"x                                        | ` `              | x"}
            /customer_groups | {"name":                                          | 1                | }
            /customer_groups | {"name":0.                                        | 1                | }
            /customer_groups | {"name":[                                         | 1,               | 1]}
            /customer_groups | {"name":{                                         | "a{i}":{},       | "b":1}}
            /customers       | [                                                 | {"name":"{i}"},  | {}]
            /customers       | [                                                 | null,            | null]
            /customers       | [                                                 | 1,               | 1]
            /customers       | [{"name":"x"                                      | ,"a{i}":[]       | }]
            /customers       | [{"name":"x","description":"                      | a                | "}]
            /customers       | [{"name":"x","regDate":"                          | 1                | "}]
            /customers       | [{"name":"x","regDate":"2026-01-01                | ` `              | 0"}]
            /customers       | [{"name":"x","referenceId":"x                     | ` `              | x"}]
            /customers       | [{"name":"x","description":"x                     | ` `              | x"}]
            /customers/data  | {"querys":[                                       | {"name":"name"}, | {}]}
            /customers/data  | {"querys":[                                       | {"{i}":"name"},  | {}]}
            /customers/data  | {"querys":[{"name":"                              | a                | "}]}
            /customers/data  | {"querys":[{"name":"name                          | ` `              | x"}]}
            /customers/data  | {"querys":[{"name":"name","op":"not               | ` `              | like"}]}
            /customers/data  | {"querys":[{"name":"name","op":"                  | ` `              | "}]}
            /customers/data  | {"querys":[{"name":"name","op":"                  | ` a`             | "}]}
            /customers/data  | {"querys":[{"name":"name","values":[              | "{i}",           | "x"]}]}
            /customers/data  | {"querys":[{"name":"name","op":"like","values":[" | %a               | "]}]}
            /customers/data  | {"querys":[{"name":"name","op":"like","values":[" | _                | "]}]}
            /customers/data  | {"querys":[{"name":"name","op":"like","values":[" | \\\\             | "]}]}
            /customers/data  | {"querys":[{"name":"name","op":"like","values":[" | a                | %"]}]}
            /customers/data  | {"querys":[{"name":"name","op":"like","values":["x| ` `             | x"]}]}
            /customers/data  | {"querys":[{"name":"any","op":"contains","values":["x| ` `          | x"]}]}
            /customers/data  | {"sorts":[{"name":"name","order":"a               | ` `              | c"}]}
            /customers/data  | {"sorts":[                                        | {"name":"name"}, | {}]}
            /customers/data  | {"sorts":[                                        | null,            | null]}
            """)
    void a_body_costs_no_more_than_its_length(String path, String start, String unit, String end) {
        for (int size : new int[] {16 * KB, 1000 * KB}) {
            check(false, start + unit + end, size, length -> {
                String body = start + fill(unit, length) + end;
                return RawHttp.request(head("POST " + Api.BASE_PATH + path), body);
            });
        }
    }

    /** Targets of each form in which {@code _} stands for the bytes, on the port of the API and on that of management. */
    static Stream<Arguments> targets() {
        return Map.of(false, """
                /bitanswer/api/_ /bitanswer/api/customers/_ /bitanswer/api/customer_groups/x_y/customers
                /bitanswer/api/customers?x=_ /bitanswer/%61pi/customers?x=_ http://localhost/bitanswer/api/customers/_
                /bitanswer/api/backoffice/history?x=_ /console/_ /console/?_ /q/openapi?_ /_ /?_
                http://localhost_/bitanswer/api/customers *_ localhost:1_ junk_/bitanswer/api/customers""", true, """
                /_ /?_ /q/health/_ /q/health/live?_ http://localhost/q/health/_ *_ localhost:1_""").entrySet().stream()
                .flatMap(targets -> Stream.of(targets.getValue().split("\\s+"))
                        .map(target -> Arguments.of(targets.getKey(), target)));
    }

    /** Sends each byte before and behind an escape. */
    @ParameterizedTest
    @MethodSource("targets")
    void each_byte_in_a_target_has_an_answer(boolean isManagement, String target) {
        for (char value = 0; value <= 0xFF; value++) {
            for (String part : List.of(value + "%41", "%41" + value)) {
                String answer = answer(isManagement, target, head("GET " + target.replace("_", part)) + "\r\n");
                if (target.matches(".*/bitanswer/(a|%61)pi/.*_.*") && WHITE_SPACE.indexOf(value) < 0) {
                    assertThat(target + " " + (int) value, answer, containsString("\r\n\r\n{\"status\":"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void a_target_costs_no_more_than_its_length(boolean isManagement, String target) {
        for (String unit : TARGET_UNITS) {
            for (String end : List.of("", "#")) {
                check(
                        isManagement,
                        target + " " + unit + end,
                        30 * KB,
                        size -> head("GET " + target.replace("_", fill(unit, size) + end)) + "\r\n");
            }
        }
    }

    private static String head(String requestLine) {
        return RawHttp.head(requestLine, Vendors.ACME);
    }

    /** Repeats a unit. {@code {i}} in it is the number of the repetition. */
    private static String fill(String unit, int size) {
        StringBuilder text = new StringBuilder(size);
        for (int i = 0; text.length() < size - 2 * unit.length(); i++) {
            text.append(unit.replace("{i}", String.valueOf(i)));
        }
        return text.toString();
    }

    private static void check(String input, IntFunction<String> request) {
        check(false, input, 16 * KB, request);
    }

    private static void check(boolean isManagement, String input, int size, IntFunction<String> request) {
        double noise = NOISE_MILLIS * size / (16 * KB);
        double quarter = Double.MAX_VALUE;
        double whole = Double.MAX_VALUE;
        for (int run = 0; run < MAX_RUNS; run++) {
            whole = Math.min(whole, millis(isManagement, input, request.apply(size)));
            if (whole < noise) {
                return;
            }
            quarter = Math.min(quarter, millis(isManagement, input, request.apply(size / 4)));
            if (run > 0 && whole < MAX_GROWTH * quarter + noise) {
                return;
            }
        }
        fail("%s: %d bytes take %.1f ms, and %d take %.1f ms".formatted(input.strip(), size / 4, quarter, size, whole));
    }

    /** The processor time of the event loops for a request. */
    private static double millis(boolean isManagement, String input, String request) {
        long start = processorNanos();
        answer(isManagement, input, request);
        return (processorNanos() - start) / 1e6;
    }

    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("vert.x-eventloop"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static String answer(boolean isManagement, String input, String request) {
        String answer = RawHttp.sendAndHangUp(
                isManagement ? Management.PORT : RestAssured.port, request.getBytes(ISO_8859_1), TIMEOUT_MILLIS);
        assertThat(input, answer, matchesPattern("(?s)HTTP/\\d\\.\\d [1-4].*"));
        return answer;
    }
}
