package backoffice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/api.md, section 1.1: every request target has an answer, whatever bytes it has, and costs little. */
@QuarkusTest
@Tag("slow")
class RequestTargetTest {

    /** What HTTP itself takes for the end of the target or of the request line. */
    private static final String WHITE_SPACE = "\t\n\u000b\f\r ";

    private static final int KILOBYTES_30 = 30_000;
    private static final double MAX_MILLIS = 10;
    private static final double MAX_MILLIS_OF_30_KILOBYTES = 50;
    private static final int MAX_RUNS = 20;

    /** Targets of each form in which {@code _} stands for the bytes, on the port of the API. */
    static Stream<String> targets() {
        return Stream.of("""
                /bitanswer/api/_ /bitanswer/api/customers/_ /bitanswer/api/customer_groups/x_y/customers
                /bitanswer/api/customers?x=_ /bitanswer/%61pi/customers?x=_ http://localhost/bitanswer/api/customers/_
                /bitanswer/api/backoffice/history?x=_ /console/_ /console/?_ /q/openapi?_ /_ /?_ http://localhost_/bitanswer/api/customers
                *_ localhost:1_ junk_/bitanswer/api/customers
                """.split("\\s+"));
    }

    static Stream<String> managementTargets() {
        return Stream.of("/_ /?_ /q/health/_ /q/health/live?_ http://localhost/q/health/_ *_ localhost:1_".split(" "));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void each_byte_before_and_behind_an_escape_has_an_answer_at_a_low_cost(String target) {
        checkBytes(RestAssured.port, target);
    }

    @ParameterizedTest
    @MethodSource("managementTargets")
    void each_byte_before_and_behind_an_escape_has_an_answer_on_the_management_port(String target) {
        checkBytes(Management.PORT, target);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void thirty_kilobytes_of_escapes_have_an_answer_at_a_low_cost(String target) {
        checkLength(RestAssured.port, target);
    }

    @ParameterizedTest
    @MethodSource("managementTargets")
    void thirty_kilobytes_of_escapes_have_an_answer_on_the_management_port(String target) {
        checkLength(Management.PORT, target);
    }

    private static void checkBytes(int port, String target) {
        for (char value = 0; value <= 0xFF; value++) {
            for (String part : List.of(value + "%41", "%41" + value)) {
                String answer = answer(port, target.replace("_", part), MAX_MILLIS);
                if (target.matches(".*/bitanswer/(a|%61)pi/.*_.*") && WHITE_SPACE.indexOf(value) < 0) {
                    assertThat(target + " " + (int) value, answer, containsString("\r\n\r\n{\"status\":"));
                }
            }
        }
    }

    private static void checkLength(int port, String target) {
        for (String unit : List.of("%41", "%2f", "%23", "%80", "%", "#", ";", "\u00ff", "/.", "/%2e%2e", "//")) {
            String units = unit.repeat(KILOBYTES_30 / unit.length());
            answer(port, target.replace("_", units), MAX_MILLIS_OF_30_KILOBYTES);
            answer(port, target.replace("_", units + "#"), MAX_MILLIS_OF_30_KILOBYTES);
        }
    }

    /** Sends a GET and checks its processor time. The least of several runs counts, because code has to warm up. */
    private static String answer(int port, String target, double maxMillis) {
        byte[] request = (RequestCost.head("GET " + target) + "\r\n").getBytes(ISO_8859_1);
        String answer = "";
        double millis = Double.MAX_VALUE;
        for (int run = 0; run < MAX_RUNS && millis >= maxMillis; run++) {
            long start = processorNanos();
            answer = RawHttp.send(port, request);
            millis = Math.min(millis, (processorNanos() - start) / 1e6);
        }
        String input = target.substring(0, Math.min(60, target.length()));
        assertThat(input, answer, allOf(startsWith("HTTP/1."), not(startsWith("HTTP/1.1 5"))));
        assertThat("Milliseconds of processor time of " + input, millis, lessThan(maxMillis));
        return answer;
    }

    /** The processor time of the event loops until now. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("vert.x-eventloop"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .sum();
    }
}
