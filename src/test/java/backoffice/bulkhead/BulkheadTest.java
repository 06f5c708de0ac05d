package backoffice.bulkhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.Await;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The order in which a fake database, which holds each statement until the test ends it, gets the work of vendors. */
class BulkheadTest {

    @AutoClose
    private static final Vertx VERTX = Vertx.vertx();

    private static final int QUEUE_SIZE = 100;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> started = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, CompletableFuture<Void>> ends = new HashMap<>();

    @Test
    void a_vendor_with_one_call_comes_before_the_second_waiting_call_of_another() {
        Bulkhead bulkhead = bulkhead(1, 1, QUEUE_SIZE, LONG);
        start(bulkhead, "a1", "a2", "a3", "a4", "b1");

        end("a1", "a2");
        end("a2", "b1");
        end("b1", "a3");

        assertEquals(List.of("a1", "a2", "b1", "a3"), started);
    }

    @Test
    void a_vendor_never_holds_more_than_its_share_although_there_is_room() {
        Bulkhead bulkhead = bulkhead(3, 2, QUEUE_SIZE, LONG);
        start(bulkhead, "a1", "a2", "a3", "b1");

        assertEquals(List.of("a1", "a2", "b1"), started);
    }

    @Test
    void a_vendor_that_fills_its_queue_is_refused_at_once_and_another_one_still_waits() {
        Bulkhead bulkhead = bulkhead(1, 1, 2, LONG);
        List<CompletableFuture<Void>> outcomes = start(bulkhead, "a1", "a2", "a3", "a4", "b1");

        assertThrows(Exception.class, () -> outcomes.get(3).join());
        end("a1", "a2");
        end("a2", "b1");
    }

    @Test
    void without_a_queue_a_call_that_finds_no_room_is_refused_and_the_next_one_finds_it_again() {
        Bulkhead bulkhead = bulkhead(1, 1, 0, LONG);
        List<CompletableFuture<Void>> outcomes = start(bulkhead, "a1", "b1");

        assertThrows(Exception.class, () -> outcomes.get(1).join());
        ends.get("a1").complete(null);
        outcomes.get(0).join();
        start(bulkhead, "b2");

        assertEquals(List.of("a1", "b2"), started);
    }

    @Test
    void a_call_that_waits_too_long_is_refused_and_its_work_never_starts() {
        Bulkhead bulkhead = bulkhead(1, 1, QUEUE_SIZE, Duration.ofMillis(50));
        List<CompletableFuture<Void>> outcomes = start(bulkhead, "a1", "a2");

        assertThrows(Exception.class, () -> outcomes.get(1).join());
        ends.get("a1").complete(null);
        outcomes.get(0).join();

        assertEquals(List.of("a1"), started);
    }

    @Test
    void work_that_fails_gives_its_place_back() {
        Bulkhead bulkhead = bulkhead(1, 1, QUEUE_SIZE, LONG);
        start(bulkhead, "a1", "a2");

        ends.get("a1").completeExceptionally(new IllegalStateException("the statement fails"));

        awaitStart("a2");
    }

    @Test
    void the_meters_say_which_vendor_is_held_back() {
        Bulkhead bulkhead = bulkhead(3, 2, 1, LONG);

        start(bulkhead, "a1", "a2", "a3", "a4", "b1", "b2");

        assertEquals(List.of(2.0, 1.0, 2.0, 1.0), meters("a"), "a holds its share, one call waits, one is refused");
        assertEquals(List.of(1.0, 1.0, 0.0, 0.0), meters("b"), "b waits for a place, and not because of its share");
    }

    private List<Double> meters(String vendor) {
        return Stream.of("held", "waiting.calls", "throttled.calls", "refused.calls")
                .map(name -> meters.get("backoffice.bulkhead." + name)
                        .tag("vendor", vendor)
                        .meter())
                .map(meter -> meter.measure().iterator().next().getValue())
                .toList();
    }

    private Bulkhead bulkhead(int capacity, int share, int queueSize, Duration timeout) {
        return new Bulkhead(
                VERTX,
                meters,
                "places",
                new Limits(capacity, share, queueSize, timeout),
                vendor -> new IllegalStateException(vendor.name()));
    }

    /** Starts work. The first letter of its name is the vendor. */
    private List<CompletableFuture<Void>> start(Bulkhead bulkhead, String... names) {
        List<CompletableFuture<Void>> outcomes = new ArrayList<>();
        for (String name : names) {
            ends.put(name, new CompletableFuture<>());
            outcomes.add(bulkhead.execute(new Vendor(name.substring(0, 1)), 1, bulkhead.deadline(), () -> {
                        started.add(name);
                        return Uni.createFrom().completionStage(ends.get(name));
                    })
                    .subscribeAsCompletionStage());
        }
        return outcomes;
    }

    private void end(String name, String next) {
        ends.get(name).complete(null);
        awaitStart(next);
    }

    private void awaitStart(String name) {
        Await.until(LONG, () -> started.contains(name), () -> name + " does not start: " + started);
    }
}
