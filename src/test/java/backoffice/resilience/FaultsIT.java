package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills and freezes the database and the service under load. {@code -Dfaults.rounds=20} runs more rounds. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class FaultsIT {

    private static final String KEY = "faults-key";
    private static final int ROUNDS = Integer.getInteger("faults.rounds", 1);
    private static final int WARM_UP_CALLS = 20;
    private static final long LOAD_MILLIS = 500;
    private static final long PROMISED_MILLIS_WITHOUT_DATABASE = 2000;
    private static final long PROMISED_MILLIS_TO_RESUME = 2000;
    private static final long PROMISED_MILLIS = 5000;

    private final int port = Ports.free();
    private LoadGenerator load;
    private long measuredFrom;

    @AutoClose
    private PostgresProcess database;

    @AutoClose
    private Running service;

    @BeforeAll
    void start_database_and_service() throws Exception {
        database = new PostgresProcess();
        service = start();
    }

    @BeforeEach
    void start_the_load() throws Exception {
        database.execute("truncate customer, stored_response");
        load = new LoadGenerator(port, KEY);
        for (int call = 0; call < WARM_UP_CALLS; call++) {
            load.await(200, System.nanoTime());
        }
        measuredFrom = System.nanoTime();
    }

    @AfterEach
    void stop_the_load() {
        load.close();
    }

    @Test
    void calls_get_5001_while_the_database_is_killed_and_succeed_when_it_is_back() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(LOAD_MILLIS);
            database.kill();
            load.await(503, System.nanoTime());
            Thread.sleep(LOAD_MILLIS);

            database.start();
            assertResumesInTimeAfter(System.nanoTime());
        }

        assertEveryAnswerIs(List.of(200, 503), PROMISED_MILLIS_WITHOUT_DATABASE);
        assertNothingIsLost();
    }

    /** The answer timeout is between the two. */
    @ParameterizedTest
    @ValueSource(ints = {5, 8})
    void calls_get_5001_in_time_while_the_database_is_frozen_and_succeed_when_it_resumes(int seconds) throws Exception {
        Thread.sleep(LOAD_MILLIS);
        database.freeze();
        Thread.sleep(seconds * 1000);

        database.thaw();
        assertResumesInTimeAfter(System.nanoTime());

        assertEveryAnswerIs(List.of(200, 503), PROMISED_MILLIS);
        assertNothingIsLost();
    }

    @Test
    void a_killed_service_loses_no_change_that_it_answered() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(LOAD_MILLIS);
            service.close();
            service = start();
            load.await(200, System.nanoTime());
        }

        assertEveryAnswerIs(List.of(200, 0), PROMISED_MILLIS);
        assertNothingIsLost();
    }

    private Running start() throws IOException, InterruptedException {
        return PackagedApplication.start(port, Ports.free(), database.environment("BACKOFFICE_BITKEYS_FAULTS=" + KEY))
                .awaitListening();
    }

    private void assertResumesInTimeAfter(long nanos) {
        CallRecord served = load.await(200, nanos);
        assertThat((served.endNanos() - nanos) / 1_000_000, lessThan(PROMISED_MILLIS_TO_RESUME));
    }

    private void assertEveryAnswerIs(Collection<Integer> codes, long millis) {
        for (CallRecord call : load.calls) {
            assertThat(call.code(), is(in(codes)));
            if (call.startNanos() >= measuredFrom) {
                assertThat(call.millis(), lessThan(millis));
            }
        }
    }

    private void assertNothingIsLost() {
        load.close();
        List<Integer> done = load.calls.stream()
                .filter(call -> call.code() == 200)
                .map(CallRecord::number)
                .toList();
        assertEquals(0, database.number(NumberedBatches.COUNT_PARTIAL), "batches that are partial");
        assertEquals(0, database.number(NumberedBatches.countMissing(done)), "batches that were answered and are lost");

        long calls = load.retryFailedCalls();
        assertEquals(NumberedBatches.SIZE * calls, database.number("select count(*) from customer"));
        assertEquals(0, database.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    /** A finished call, with its number and the HTTP code of the answer, which is 0 if there was none. */
    record CallRecord(int number, int code, long startNanos, long endNanos) {

        long millis() {
            return (endNanos - startNanos) / 1_000_000;
        }
    }

    /** Callers that create a batch of customers with each call until they are closed, and record every answer. */
    private static final class LoadGenerator implements AutoCloseable {

        private static final int CALLERS = 4;
        private static final Duration TIMEOUT = Duration.ofSeconds(20);
        private static final Duration BETWEEN_CALLS = Duration.ofMillis(20);

        private final AtomicInteger numbers = new AtomicInteger();
        private final Queue<CallRecord> calls = new ConcurrentLinkedQueue<>();
        private final Api api;
        private final List<CompletableFuture<Void>> callers;
        private volatile boolean open = true;

        LoadGenerator(int port, String key) {
            this.api = Api.as(key).on(port);
            this.callers = Stream.generate(() -> CompletableFuture.runAsync(this::write, Threads.NEW))
                    .limit(CALLERS)
                    .toList();
        }

        /** Waits up to 20 s for a call that began after this time and got this HTTP code. */
        CallRecord await(int code, long afterNanos) {
            Predicate<CallRecord> awaited = call -> call.code() == code && call.startNanos() > afterNanos;
            Await.atMost(TIMEOUT)
                    .alias("an answer with " + code)
                    .until(() -> calls.stream().anyMatch(awaited));
            return calls.stream().filter(awaited).findFirst().orElseThrow();
        }

        /** Stops the callers and waits for their running calls. */
        @Override
        public void close() {
            open = false;
            callers.forEach(CompletableFuture::join);
        }

        /** Sends calls that failed again, with their idempotency keys, and returns the number of all, which are now done once. */
        long retryFailedCalls() {
            for (CallRecord call : calls) {
                if (call.code() != 200) {
                    assertEquals(200, send(call.number()));
                }
            }
            return calls.size();
        }

        private void write() {
            while (open) {
                int number = numbers.getAndIncrement();
                long start = System.nanoTime();
                int code = send(number);
                calls.add(new CallRecord(number, code, start, System.nanoTime()));
                // While nobody answers, few calls are enough, because each is sent again in the end.
                Await.sleep(code == 0 ? BETWEEN_CALLS.multipliedBy(10) : BETWEEN_CALLS);
            }
        }

        private int send(int number) {
            try {
                return api.with("x-bit-req-id", "write-" + number)
                        .post("/customers", NumberedBatches.body(number))
                        .extract()
                        .statusCode();
            } catch (Exception noAnswer) {
                return 0;
            }
        }
    }
}
