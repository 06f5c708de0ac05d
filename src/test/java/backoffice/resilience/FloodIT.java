package backoffice.resilience;

import static backoffice.testsupport.TightLimits.ACQUIRE_QUEUE_SIZE;
import static backoffice.testsupport.TightLimits.ACQUIRE_TIMEOUT_MILLIS;
import static backoffice.testsupport.TightLimits.POOL_SIZE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.Sql;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Under overload, calls beyond the acquire queue are refused. They neither wait for minutes nor fill the memory. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class FloodIT {

    private static final int EXCESS_CALLS = 100;
    private static final long REFUSAL_DELAY_MILLIS = 800;

    private final HttpClient http = HttpClient.newHttpClient();

    @AutoClose
    private final RawConnection connection = new RawConnection();

    @BeforeEach
    void wait_for_an_idle_database() {
        Sql.clean();
        // The first check of the database by the service itself would occupy one of the few connections.
        assertEquals(200, send().join().code);
        Sql.awaitAllIdle();
    }

    @Test
    void calls_beyond_the_queue_get_5001_at_once_and_queued_calls_after_the_acquire_timeout() {
        Sql.duringTransaction("lock table customer_group", () -> {
            List<CompletableFuture<Answer>> calls = new ArrayList<>(occupyThePool());
            calls.addAll(send(ACQUIRE_QUEUE_SIZE + EXCESS_CALLS));

            List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
            for (Answer answer : answers) {
                assertEquals(503, answer.code);
                assertEquals(Optional.of("1"), answer.retryAfter);
            }
            long atOnce = answers.stream()
                    .filter(answer -> answer.millis < ACQUIRE_TIMEOUT_MILLIS)
                    .count();
            assertThat(atOnce, is(both(greaterThan(EXCESS_CALLS / 2L)).and(lessThanOrEqualTo((long) EXCESS_CALLS))));
        });

        assertEquals(200, send().join().code, "once the lock is gone");
    }

    @Test
    void a_refusal_is_delayed_and_does_not_delay_the_next_call_on_its_connection() {
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        Sql.duringTransaction("lock table customer_group", () -> {
            calls.addAll(occupyThePool());
            List<CompletableFuture<Answer>> surplus = send(ACQUIRE_QUEUE_SIZE + 1);
            calls.addAll(surplus);
            CompletableFuture.anyOf(surplus.toArray(CompletableFuture[]::new)).join();

            assertThat(millis("GET /customer_groups", Vendors.ACME, 503), is(greaterThan(REFUSAL_DELAY_MILLIS)));
            assertThat(millis("GET /customers/a", "wrong", 401), is(lessThan(REFUSAL_DELAY_MILLIS / 2)));
        });
        calls.forEach(CompletableFuture::join);
    }

    private long millis(String call, String bitkey, int code) {
        String request = call.replace(" ", " " + Api.BASE_PATH) + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + bitkey;
        long start = System.nanoTime();
        String answer = connection.send((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII), true);
        assertThat(answer, startsWith("HTTP/1.1 " + code));
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Occupies all connections of the pool with calls that wait for a lock. */
    private List<CompletableFuture<Answer>> occupyThePool() {
        List<CompletableFuture<Answer>> calls = send(POOL_SIZE);
        Sql.awaitLockWaits(POOL_SIZE);
        return calls;
    }

    private List<CompletableFuture<Answer>> send(int calls) {
        return Stream.generate(this::send).limit(calls).toList();
    }

    private CompletableFuture<Answer> send() {
        HttpRequest call = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH + "/customer_groups"))
                .header("bitkey", Vendors.ACME)
                .build();
        long start = System.nanoTime();
        return http.sendAsync(call, BodyHandlers.ofString())
                .thenApply(answer -> new Answer(
                        answer.statusCode(),
                        answer.headers().firstValue("Retry-After"),
                        (System.nanoTime() - start) / 1_000_000));
    }

    private record Answer(int code, Optional<String> retryAfter, long millis) {}
}
