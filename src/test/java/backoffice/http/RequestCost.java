package backoffice.http;

import static org.junit.jupiter.api.Assertions.fail;

import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.restassured.RestAssured;
import java.util.function.IntFunction;

/**
 * Checks that the cost of a request grows no faster than its length: 16 kB take less than 50 ms, and four times the
 * length takes less than eight times as long. The shortest of several runs counts, because the machine may be busy.
 */
final class RequestCost {

    static final int KB = 1000;
    private static final double MAX_MILLIS = 50;
    private static final double MAX_GROWTH = 8;

    /** The part of the bound that a busy machine or a garbage collection may add. */
    private static final double SLACK = 0.1;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_RUNS = 20;

    private RequestCost() {}

    static String head(String requestLine) {
        return RawHttp.head(requestLine, Vendors.ACME);
    }

    /** Repeats a unit. A {@code #} in it is the number of the repetition. */
    static String fill(String unit, int size) {
        StringBuilder text = new StringBuilder(size);
        for (int i = 0; text.length() < size - 2 * unit.length(); i++) {
            text.append(unit.replace("#", String.valueOf(i)));
        }
        return text.toString();
    }

    /** Checks a request of 16 kB to the port of the API. */
    static void check(String input, IntFunction<String> request) {
        check(input, RestAssured.port, 16 * KB, request);
    }

    /** Checks a request of the given size. */
    static void check(String input, int port, int size, IntFunction<String> request) {
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
