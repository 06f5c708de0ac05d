package backoffice.protection;

import static backoffice.testsupport.TightLimits.BURST;
import static backoffice.testsupport.TightLimits.INTERVAL_MILLIS;
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

/** Whoever guesses keys is slowed down, and nobody else. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class FailedKeyThrottleIT {

    private static final String WRONG = "no-such-key";

    @Test
    void after_a_burst_wrong_keys_are_answered_one_each_interval() {
        long start = System.nanoTime();
        for (int i = 0; i < BURST + 2; i++) {
            call(WRONG, "192.0.2.1").statusCode(401);
        }

        assertThat(millisSince(start), is(greaterThanOrEqualTo(2 * INTERVAL_MILLIS - 1)));
    }

    @Test
    void a_vendor_that_called_before_from_the_same_address_does_not_wait() {
        call(Vendors.ACME, "192.0.2.2").statusCode(200);
        guess("192.0.2.2");

        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            call(Vendors.ACME, "192.0.2.2").statusCode(200);
        }
        assertThat(millisSince(start), is(lessThan(10 * INTERVAL_MILLIS)));
    }

    @Test
    void a_right_key_that_could_be_a_guess_waits_like_a_wrong_one_and_the_next_time_does_not() {
        guess("192.0.2.3");

        long start = System.nanoTime();
        call(Vendors.ACME, "192.0.2.3").statusCode(200);
        long first = millisSince(start);
        assertThat(first, is(greaterThanOrEqualTo(INTERVAL_MILLIS / 2)));

        start = System.nanoTime();
        call(Vendors.ACME, "192.0.2.3").statusCode(200);
        assertThat(millisSince(start), is(lessThan(first)));
    }

    @Test
    void more_than_can_be_answered_in_time_are_5001() throws InterruptedException {
        int calls = 30;
        long start = System.nanoTime();
        long refused;
        try (Race race = new Race()) {
            Callable<ValidatableResponse> guess = () -> call(WRONG, "192.0.2.4");
            refused = race.run(Collections.nCopies(calls, guess)).stream()
                    .filter(answer -> answer.extract().statusCode() == 503)
                    .peek(answer -> answer.header("Retry-After", is("1"))
                            .body("status", is(5001))
                            .body("msg", is("The service is overloaded; try again later.")))
                    .count();
        }

        long answered = BURST + 1 + millisSince(start) / INTERVAL_MILLIS;
        assertThat(calls - refused, is(allOf(greaterThanOrEqualTo((long) BURST), lessThan(answered + 4))));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.5, 192.0.2.6, false",
        "2001:db8:1:1::1, 2001:db8:1:1:ffff::1, true",
        "2001:db8:2:1::1, 2001:db8:2:2::1, false"
    })
    void addresses_of_one_host_are_one_and_others_are_not(String guesser, String other, boolean waits) {
        guess(guesser);

        // A busy machine makes one call slow, hardly all of them
        long quickest = IntStream.range(0, BURST)
                .mapToLong(i -> {
                    long start = System.nanoTime();
                    call(WRONG, other).statusCode(401);
                    return millisSince(start);
                })
                .min()
                .orElseThrow();
        assertEquals(waits, quickest > INTERVAL_MILLIS / 2);
    }

    /** Until the next one would have to wait. */
    private static void guess(String address) {
        IntStream.range(0, BURST).parallel().forEach(i -> call(WRONG, address).statusCode(401));
    }

    private static ValidatableResponse call(String bitkey, String address) {
        return Api.as(bitkey)
                .request()
                .header("X-Forwarded-For", address)
                .get(Api.BASE_PATH + "/customer_groups")
                .then();
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
