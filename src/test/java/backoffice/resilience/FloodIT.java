package backoffice.resilience;

import static backoffice.testsupport.TightLimits.ACQUIRE_QUEUE_SIZE;
import static backoffice.testsupport.TightLimits.ACQUIRE_TIMEOUT_MILLIS;
import static backoffice.testsupport.TightLimits.POOL_SIZE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Threads;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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

    @BeforeEach
    void wait_for_an_idle_database() {
        Sql.clean();
        // The first check of the database by the service itself would occupy one of the few connections.
        assertEquals(200, send().join().statusCode());
        Sql.awaitAllIdle();
    }

    @Test
    void calls_beyond_the_queue_get_5001_at_once_and_queued_calls_after_the_acquire_timeout() {
        Sql.duringTransaction("lock table customer_group", () -> {
            List<CompletableFuture<Response>> calls = new ArrayList<>(occupyThePool());
            calls.addAll(send(ACQUIRE_QUEUE_SIZE + EXCESS_CALLS));

            List<Response> answers = calls.stream().map(CompletableFuture::join).toList();
            answers.forEach(answer -> answer.then().statusCode(503).header("Retry-After", "1"));
            long atOnce = answers.stream()
                    .filter(answer -> answer.time() < ACQUIRE_TIMEOUT_MILLIS)
                    .count();
            assertThat(atOnce, is(both(greaterThan(EXCESS_CALLS / 2L)).and(lessThanOrEqualTo((long) EXCESS_CALLS))));
        });

        assertEquals(200, send().join().statusCode(), "once the lock is gone");
    }

    @Test
    void a_refusal_comes_late_so_that_a_client_that_sends_again_at_once_keeps_nobody_busy() {
        List<CompletableFuture<Response>> calls = new ArrayList<>();
        Sql.duringTransaction("lock table customer_group", () -> {
            calls.addAll(occupyThePool());
            List<CompletableFuture<Response>> surplus = send(ACQUIRE_QUEUE_SIZE + 1);
            calls.addAll(surplus);
            CompletableFuture.anyOf(surplus.toArray(CompletableFuture[]::new)).join();

            Response refused = send().join();
            assertEquals(503, refused.statusCode());
            assertThat(refused.time(), is(greaterThan(REFUSAL_DELAY_MILLIS)));
        });
        calls.forEach(CompletableFuture::join);
    }

    /** Occupies all connections of the pool with calls that wait for a lock. */
    private static List<CompletableFuture<Response>> occupyThePool() {
        List<CompletableFuture<Response>> calls = send(POOL_SIZE);
        Sql.awaitLockWaits(POOL_SIZE);
        return calls;
    }

    private static List<CompletableFuture<Response>> send(int calls) {
        return Stream.generate(FloodIT::send).limit(calls).toList();
    }

    private static CompletableFuture<Response> send() {
        return CompletableFuture.supplyAsync(
                () -> Api.as(Vendors.ACME).get("/customer_groups").extract().response(), Threads.NEW);
    }
}
