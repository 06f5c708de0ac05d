package backoffice.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Callers that create a batch of customers with each call until they are closed, and record every answer. */
final class LoadGenerator implements AutoCloseable {

    static final NumberedBatches BATCHES = new NumberedBatches(5);
    private static final int CALLERS = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(20);

    /** A finished call, with its number and the HTTP code of the answer, which is 0 if there was none. */
    record CallRecord(int number, int code, long startNanos, long endNanos) {

        long millis() {
            return (endNanos - startNanos) / 1_000_000;
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<CallRecord> calls = new ConcurrentLinkedQueue<>();
    private final URI customers;
    private final String key;
    private final List<CompletableFuture<Void>> callers;
    private volatile boolean open = true;

    LoadGenerator(int port, String key) {
        this.customers = URI.create("http://localhost:" + port + Api.BASE_PATH + "/customers");
        this.key = key;
        this.callers = Stream.generate(() -> CompletableFuture.runAsync(this::write, Threads.NEW))
                .limit(CALLERS)
                .toList();
    }

    List<CallRecord> calls() {
        return List.copyOf(calls);
    }

    /** Waits up to 20 s for a call that began after this time and got this HTTP code. */
    CallRecord await(int code, long afterNanos) {
        Predicate<CallRecord> awaited = call -> call.code() == code && call.startNanos() > afterNanos;
        Await.until(TIMEOUT, () -> calls.stream().anyMatch(awaited), () -> "No answer is " + code + ": " + this);
        return calls.stream().filter(awaited).findFirst().orElseThrow();
    }

    /** Stops the callers and waits for their running calls. */
    @Override
    public void close() {
        open = false;
        callers.forEach(CompletableFuture::join);
    }

    /** Asserts that the database has every batch that was answered with status 0, and no batch in part. */
    void assertNoneLostOrPartial(ToLongFunction<String> database) {
        assertEquals(0, database.applyAsLong(BATCHES.countPartial()), "batches that are partial");
        List<Integer> done = calls.stream()
                .filter(call -> call.code() == 200)
                .map(CallRecord::number)
                .toList();
        assertEquals(
                0,
                database.applyAsLong(NumberedBatches.countMissing(done)),
                "batches that were answered with 0 and are lost");
    }

    /** Sends calls that failed again, with their idempotency keys, and returns the number of all, which are now done once. */
    long retryFailedCalls() {
        for (CallRecord call : calls()) {
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
            calls.add(new CallRecord(number, send(number), start, System.nanoTime()));
            Await.sleep(BETWEEN_CALLS);
        }
    }

    private int send(int number) {
        HttpRequest call = HttpRequest.newBuilder(customers)
                .header("bitkey", key)
                .header("x-bit-req-id", "write-" + number)
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(BATCHES.body(number)))
                .build();
        try {
            return http.send(call, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return calls.stream()
                .collect(Collectors.groupingBy(CallRecord::code, Collectors.counting()))
                .toString();
    }
}
