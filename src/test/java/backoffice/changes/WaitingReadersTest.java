package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Await;
import backoffice.testsupport.LogListener;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 10.2: calls that wait for a change. */
@Tag("slow")
@QuarkusTest
@TestProfile(ChangesOn.class)
class WaitingReadersTest {

    /** More than the queue for connections takes. */
    private static final int READERS = 1000;

    private static final int MAX_READERS_OF_VENDOR = 200;

    private static final String REQUEST =
            "GET /backoffice/changes?after=0-0-0&wait=%d HTTP/1.1\r\nHost: localhost\r\nbitkey: %s\r\n\r\n";

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void no_changes() {
        Sql.clean();
        StoredKeys.deleteAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from bitkey",
                "update bitkey set revoked_at = now()",
                "update bitkey set expires_at = now()",
            })
    void a_call_that_waits_ends_within_5_s_after_its_key_is_revoked_or_has_expired(String end) throws Exception {
        // Given a call that waits
        String key = StoredKeys.create("feed", true);
        StoredKeys.awaitStatus(key, 200);
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(
                () -> new Feed(key)
                        .get("/changes?after=0-0-0")
                        .statusCode(200)
                        .extract()
                        .asString(),
                Threads.NEW);
        Thread.sleep(1000);

        // When the key ends
        long start = System.nanoTime();
        Sql.execute(end);

        // Then the call ends as one without news, and the next one tells the reason
        assertEquals("[]", waiting.get().strip());
        assertThat((System.nanoTime() - start) / 1_000_000, lessThan(5_000L));
        new Feed(key).get("/changes?after=0-0-0").statusCode(401).body("status", is(1102));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void many_calls_that_wait_and_end_at_the_same_time_log_no_error(boolean hangUp) throws Exception {
        Queue<String> errors = new ConcurrentLinkedQueue<>();
        LogListener log = new LogListener("", line -> {
            if (line.getLevel().intValue() > Level.WARNING.intValue()) {
                errors.add(line.getMessage() + " " + line.getThrown());
            }
        });
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                readers.add(waitingReader(3));
            }
            Thread.sleep(hangUp ? 1000 : 5000);
        } finally {
            for (Socket reader : readers) {
                reader.setSoLinger(true, 0);
                reader.close();
            }
        }
        Thread.sleep(3000);
        log.close();

        assertEquals(List.of(), List.copyOf(errors));
    }

    @Test
    void a_vendor_whose_readers_fill_its_share_leaves_the_feed_to_the_others() throws Exception {
        List<Socket> readers = new ArrayList<>();
        try {
            // Given as many readers of a vendor as it may have
            for (int i = 0; i < MAX_READERS_OF_VENDOR; i++) {
                readers.add(waitingReader(20));
            }
            Await.until(
                    Duration.ofSeconds(15), () -> readers() == MAX_READERS_OF_VENDOR, () -> "readers: " + readers());

            // When one more comes, then it is refused, and a reader of another vendor waits
            new Feed(Vendors.ACME).get("/changes?after=0-0-0").statusCode(503).body("status", is(5001));
            new Feed(Vendors.GLOBEX).get("/changes?after=0-0-0&wait=1").statusCode(200);
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private double readers() {
        Gauge held = meters.find("backoffice.bulkhead.held")
                .tags("resource", "readers of the feed", "vendor", "acme")
                .gauge();
        return held == null ? 0 : held.value();
    }

    private static Socket waitingReader(int seconds) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.getOutputStream().write(REQUEST.formatted(seconds, Vendors.ACME).getBytes(StandardCharsets.UTF_8));
        return socket;
    }
}
