package backoffice.protection;

import static backoffice.testsupport.TightLimits.THROTTLE_BURST;
import static backoffice.testsupport.TightLimits.THROTTLE_INTERVAL_MILLIS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Race;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The throttle of failed keys delays calls from an address with many failed keys, and no other calls. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class FailedKeyThrottleIT {

    private static final String WRONG = "no-such-key";

    @Test
    void after_a_burst_one_failed_key_is_answered_in_each_interval() {
        long start = System.nanoTime();
        for (int i = 0; i < THROTTLE_BURST + 2; i++) {
            call(WRONG, "192.0.2.1").statusCode(401);
        }

        assertThat(millisSince(start), is(greaterThanOrEqualTo(2 * THROTTLE_INTERVAL_MILLIS - 1)));
    }

    @Test
    void a_vendor_that_has_called_from_the_address_before_does_not_wait() {
        call(Vendors.ACME, "192.0.2.2").statusCode(200);
        useUpBurst("192.0.2.2");

        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            call(Vendors.ACME, "192.0.2.2").statusCode(200);
        }
        assertThat(millisSince(start), is(lessThan(10 * THROTTLE_INTERVAL_MILLIS)));
    }

    @Test
    void the_first_valid_key_from_a_throttled_address_waits_and_the_next_does_not() {
        useUpBurst("192.0.2.3");

        long start = System.nanoTime();
        call(Vendors.ACME, "192.0.2.3").statusCode(200);
        long first = millisSince(start);
        assertThat(first, is(greaterThanOrEqualTo(THROTTLE_INTERVAL_MILLIS / 2)));

        start = System.nanoTime();
        call(Vendors.ACME, "192.0.2.3").statusCode(200);
        assertThat(millisSince(start), is(lessThan(first)));
    }

    @Test
    void failed_keys_that_cannot_be_answered_in_time_are_5001() throws InterruptedException {
        int calls = 30;
        long start = System.nanoTime();
        long refused;
        try (Race race = new Race()) {
            Callable<ValidatableResponse> failedKey = () -> call(WRONG, "192.0.2.4");
            refused = race.run(Collections.nCopies(calls, failedKey)).stream()
                    .filter(answer -> answer.extract().statusCode() == 503)
                    .peek(answer -> answer.header("Retry-After", is("1"))
                            .body("status", is(5001))
                            .body("msg", is("The service is overloaded; try again later.")))
                    .count();
        }

        long answered = THROTTLE_BURST + 1 + millisSince(start) / THROTTLE_INTERVAL_MILLIS;
        assertThat(calls - refused, is(allOf(greaterThanOrEqualTo((long) THROTTLE_BURST), lessThan(answered + 4))));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.5, 192.0.2.6, false",
        "2001:db8:1:1::1, 2001:db8:1:1:ffff::1, true",
        "2001:db8:2:1::1, 2001:db8:2:2::1, false"
    })
    void addresses_of_one_ipv6_network_share_a_throttle_and_other_addresses_do_not(
            String throttled, String other, boolean waits) {
        useUpBurst(throttled);

        // Uses the fastest call, because a busy machine can make a single call slow
        long quickest = IntStream.range(0, THROTTLE_BURST)
                .mapToLong(i -> {
                    long start = System.nanoTime();
                    call(WRONG, other).statusCode(401);
                    return millisSince(start);
                })
                .min()
                .orElseThrow();
        assertEquals(waits, quickest > THROTTLE_INTERVAL_MILLIS / 2);
    }

    /** Sends failed keys until the next one must wait. */
    private static void useUpBurst(String address) {
        IntStream.range(0, THROTTLE_BURST)
                .parallel()
                .forEach(i -> call(WRONG, address).statusCode(401));
    }

    private static ValidatableResponse call(String bitkey, String address) {
        return Api.as(bitkey).with("X-Forwarded-For", address).get("/customer_groups");
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
