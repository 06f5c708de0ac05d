package backoffice.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.envelope.UnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/adr/0029: a source of keys that is slow, or of which a part cannot be read. */
@Tag("slow")
class BitkeySourceTest {

    private static final BitkeyDigest KEY = BitkeyDigest.of("key");

    private final Vertx vertx = Vertx.vertx();
    private final List<UniEmitter<? super Bitkeys>> started = new CopyOnWriteArrayList<>();
    private final BitkeySource source = source(Duration.ofMinutes(1), false);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_reading_that_takes_over_a_second_is_an_outage_and_its_keys_count() throws InterruptedException {
        // Given a reading that hangs for more than a second: it starts a little later than its timer
        source.readInTime(vertx).await().atMost(Duration.ofSeconds(3));
        Thread.sleep(100);
        assertTrue(source.isUnreadable());

        // When the source is tried again meanwhile
        source.readInTime(vertx).subscribe().with(done -> {});

        // Then there is one reading, whose keys are known once it ends
        assertEquals(1, started.size());
        started.get(0).complete(keys());
        assertTrue(source.find(KEY).isPresent());
        assertTrue(source.isUnreadable());

        // And the source is well after the next reading that is in time
        source.readInTime(vertx).subscribe().with(done -> {});
        started.get(1).complete(new Bitkeys());
        assertFalse(source.find(KEY).isPresent());
        assertFalse(source.isUnreadable());
    }

    @ParameterizedTest
    @CsvSource({"true, PT0S, true", "true, PT1M, false", "false, PT0S, false"})
    void beyond_the_bound_all_keys_are_refused_where_the_operator_wants_that(
            boolean failClosed, Duration maxAge, boolean isRefused) {
        // Given a source, a part of which cannot be read
        BitkeySource faulty = source(maxAge, failClosed);
        faulty.readInTime(vertx).subscribe().with(done -> {});
        Bitkeys keys = keys();
        keys.addFault("a file is malformed");
        started.get(0).complete(keys);

        // Then its keys are known, up to the bound
        assertTrue(faulty.isUnreadable());
        if (isRefused) {
            assertThrows(UnavailableException.class, () -> faulty.find(KEY));
        } else {
            assertTrue(faulty.find(KEY).isPresent());
        }
    }

    private BitkeySource source(Duration maxAge, boolean failClosed) {
        return new BitkeySource(
                "database",
                () -> Uni.createFrom().emitter(started::add),
                maxAge,
                failClosed,
                new SimpleMeterRegistry());
    }

    private static Bitkeys keys() {
        Bitkeys keys = new Bitkeys();
        keys.add(new Bitkey("acme", "ci", KEY, false, null));
        return keys;
    }
}
