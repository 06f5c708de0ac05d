package backoffice.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** docs/adr/0029: the readings of a source of keys that is slow or fails. */
@Tag("slow")
class BitkeyReadingTest {

    private static final BitkeyDigest KEY = BitkeyDigest.of("key");

    private final Vertx vertx = Vertx.vertx();
    private final BitkeySource source =
            new BitkeySource("database", Duration.ofMinutes(1), false, new SimpleMeterRegistry());
    private final List<UniEmitter<? super Bitkeys>> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_reading_that_takes_over_a_second_is_an_outage_and_its_keys_count() throws InterruptedException {
        // Given a reading that hangs for more than a second: it starts a little later than its timer
        read().await().atMost(Duration.ofSeconds(3));
        Thread.sleep(100);
        assertTrue(source.isUnreadable());

        // When the source is tried again meanwhile
        read().subscribe().with(done -> {});

        // Then there is one reading, whose keys are known once it ends
        assertEquals(1, started.size());
        started.get(0).complete(keys());
        assertTrue(source.find(KEY).isPresent());
        assertTrue(source.isUnreadable());

        // And the source is well after the next reading that is in time
        read().subscribe().with(done -> {});
        started.get(1).complete(new Bitkeys());
        assertFalse(source.find(KEY).isPresent());
        assertFalse(source.isUnreadable());
    }

    private Uni<Void> read() {
        return source.readInTime(vertx, () -> Uni.createFrom().emitter(started::add));
    }

    private static Bitkeys keys() {
        Bitkeys keys = new Bitkeys();
        keys.add(new Bitkey("acme", "ci", KEY, false, null));
        return keys;
    }
}
