package backoffice.bulkhead;

import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.testsupport.Await;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which a fake database, which holds each statement until the test ends it, gets the work of vendors. */
class BulkheadTest {

    @AutoClose
    private static final Vertx VERTX = Vertx.vertx();

    private static final int QUEUE_SIZE = 100;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Vendor A = new Vendor("a");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> started = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Void>> ends = new HashMap<>();
    private final Bulkhead bulkhead = bulkhead(1, 1, QUEUE_SIZE);

    @Test
    void a_vendor_with_one_call_comes_before_the_second_waiting_call_of_another() {
        start(bulkhead, "a1", "a2", "a3", "a4", "b1");

        end("a1", "a2");
        end("a2", "b1");
        end("b1", "a3");

        assertEquals(List.of("a1", "a2", "b1", "a3"), started);
    }

    @Test
    void a_vendor_that_fills_its_queue_is_refused_at_once_and_another_one_still_waits() {
        Bulkhead bulkhead = bulkhead(1, 1, 2);
        List<CompletableFuture<Void>> outcomes = start(bulkhead, "a1", "a2", "a3", "a4", "b1");

        assertEquals(Problem.OVERLOADED, refusal(outcomes.get(3)));
        end("a1", "a2");
        end("a2", "b1");
    }

    @Test
    void without_a_queue_a_call_that_finds_no_room_is_refused_and_the_next_one_finds_it_again() {
        Bulkhead bulkhead = bulkhead(1, 1, 0);
        List<CompletableFuture<Void>> outcomes = start(bulkhead, "a1", "b1");

        assertThrows(Exception.class, () -> outcomes.get(1).join());
        ends.get("a1").complete(null);
        outcomes.get(0).join();
        start(bulkhead, "b2");

        assertEquals(List.of("a1", "b2"), started);
    }

    @Test
    void work_that_fails_or_throws_gives_its_place_back() {
        start(bulkhead, "a1", "a2");

        ends.get("a1").completeExceptionally(new IllegalStateException("the statement fails"));
        awaitStart("a2");
        ends.get("a2").complete(null);
        Uni<Object> throwing = bulkhead.execute(A, 1, later(), () -> {
            throw new IllegalStateException("the work does not begin");
        });

        assertThrows(IllegalStateException.class, () -> throwing.await().indefinitely());
        start(bulkhead, "b1");
        awaitStart("b1");
    }

    @Test
    void a_call_that_waits_holds_back_no_smaller_call() {
        // Given a call that needs more than is left
        Bulkhead bulkhead = bulkhead(3, 3, QUEUE_SIZE);
        start(bulkhead, "a1");
        start(bulkhead, "a2", 3, later());

        // When smaller ones come, then they are served before it
        start(bulkhead, "a3", "a4");
        awaitStart("a4");
        assertEquals(List.of("a1", "a3", "a4"), started);

        // And so is one that waits behind it
        start(bulkhead, "a5");
        end("a1", "a5");
        Stream.of("a3", "a4", "a5").forEach(name -> ends.get(name).complete(null));
        awaitStart("a2");
    }

    @Test
    void a_call_that_holds_more_than_it_asked_for_holds_back_all_others_of_its_vendor() {
        Bulkhead bulkhead = bulkhead(6, 3, QUEUE_SIZE);
        Bulkhead.Permit one = bulkhead.request(A, 1, later());
        Bulkhead.Permit other = bulkhead.request(A, 0, later());

        // When one holds the share, then calls that need nothing are served
        one.resize(5);
        assertTrue(bulkhead.request(A, 0, later()).isGranted);

        // When two hold more, then no call of the vendor is served
        other.resize(1);
        assertFalse(bulkhead.request(A, 0, soon()).isGranted);
        start(bulkhead, "a1", "b1");
        awaitStart("b1");
        assertEquals(List.of("b1"), started);

        one.release();
        one.resize(5);
        awaitStart("a1");
    }

    @Test
    void a_call_that_needs_nothing_does_not_wait_for_other_vendors_that_hold_more_than_there_is() {
        Bulkhead bulkhead = bulkhead(3, 2, QUEUE_SIZE);

        Bulkhead.Permit one = bulkhead.request(A, 0, later());
        Bulkhead.Permit other = bulkhead.request(A, 0, later());
        one.resize(2);
        other.resize(2);

        assertTrue(bulkhead.request(new Vendor("b"), 0, soon()).isGranted);
        assertFalse(bulkhead.request(new Vendor("b"), 1, soon()).isGranted);
        assertFalse(bulkhead.request(A, 0, soon()).isGranted);
    }

    @Test
    void a_call_is_refused_at_its_deadline_behind_one_that_waits_longer_and_its_work_never_starts() {
        start(bulkhead, "a1", "a2");

        assertThrows(Exception.class, start(bulkhead, "a3", 1, soon())::join);

        end("a1", "a2");
        start(bulkhead, "a4");
        end("a2", "a4");
        assertEquals(List.of("a1", "a2", "a4"), started);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_that_has_ended_or_ends_while_it_waits_leaves_the_queue_without_a_permit(boolean before) {
        Promise<Void> end = Promise.promise();
        if (before) {
            end.complete();
        } else {
            start(bulkhead, "a1");
        }
        Bulkhead.Permit permit = request(end);

        end.tryComplete();

        assertThrows(Exception.class, () -> permit.granted().await().indefinitely());
        assertEquals(List.of(before ? 0.0 : 1.0, 0.0), meters("a").subList(0, 2), "held and waiting");
    }

    @Test
    void a_call_that_ends_before_it_hears_of_its_permit_does_not_get_it() {
        // Given a call that waits on an event loop
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();
        CompletableFuture<Bulkhead.Permit> permit = new CompletableFuture<>();
        request(first);

        // When that event loop learns of the end of the call before it, and then of its own end
        VERTX.getOrCreateContext().runOnContext(onEventLoop -> {
            Bulkhead.Permit waiting = request(second);
            first.complete();
            second.complete();
            permit.complete(waiting);
        });

        // Then it fails
        assertThrows(Exception.class, () -> permit.join().granted().await().indefinitely());
        assertEquals(0, meters("a").get(0), "held");
    }

    @Test
    void a_vendor_never_holds_more_than_its_share_and_the_meters_say_which_one_is_held_back() {
        Bulkhead bulkhead = bulkhead(3, 2, 1);

        List<CompletableFuture<Void>> outcomes = start(bulkhead, "a1", "a2", "a3", "a4", "b1", "b2");

        assertEquals(Problem.VENDOR_AT_SHARE, refusal(outcomes.get(3)));
        assertEquals(List.of("a1", "a2", "b1"), started, "a holds no more than its share although there is room");
        assertEquals(List.of(2.0, 1.0, 2.0, 1.0), meters("a"), "a holds its share, one call waits, one is refused");
        assertEquals(List.of(1.0, 1.0, 0.0, 0.0), meters("b"), "b waits for a place, and not because of its share");
    }

    private static Problem refusal(CompletableFuture<Void> outcome) {
        Throwable refused = assertThrows(CompletionException.class, outcome::join);
        return ((ApiException) refused.getCause()).problem();
    }

    private List<Double> meters(String vendor) {
        return Stream.of("held", "waiting.calls", "throttled.calls", "refused.calls")
                .map(name -> meters.get("backoffice.bulkhead." + name)
                        .tag("vendor", vendor)
                        .meter())
                .map(meter -> meter.measure().iterator().next().getValue())
                .toList();
    }

    private Bulkhead bulkhead(int capacity, int share, int queueSize) {
        return new Bulkhead(
                VERTX, meters, new Bulkhead.Resource("places", Problem.OVERLOADED, capacity, share, queueSize));
    }

    /** Requests a permit of a call that gives it back when it ends. */
    private Bulkhead.Permit request(Promise<Void> end) {
        Bulkhead.Permit permit = bulkhead.request(A, 1, later());
        end.future().onComplete(ended -> permit.release());
        return permit;
    }

    /** Starts work. The first letter of its name is the vendor. */
    private List<CompletableFuture<Void>> start(Bulkhead bulkhead, String... names) {
        return Stream.of(names).map(name -> start(bulkhead, name, 1, later())).toList();
    }

    private CompletableFuture<Void> start(Bulkhead bulkhead, String name, int amount, long deadline) {
        ends.put(name, new CompletableFuture<>());
        return bulkhead.execute(new Vendor(name.substring(0, 1)), amount, deadline, () -> {
                    started.add(name);
                    return Uni.createFrom().completionStage(ends.get(name));
                })
                .subscribeAsCompletionStage();
    }

    private static long later() {
        return System.nanoTime() + LONG.toNanos();
    }

    private static long soon() {
        return System.nanoTime() + Duration.ofMillis(100).toNanos();
    }

    private void end(String name, String next) {
        ends.get(name).complete(null);
        awaitStart(next);
    }

    private void awaitStart(String name) {
        Await.atMost(LONG).until(() -> started, hasItem(name));
    }
}
