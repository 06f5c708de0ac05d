package backoffice.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
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

/** Callers that go on creating customers, a batch with each call, and keep account of what they were answered. */
final class Ledger implements AutoCloseable {

    static final NumberedBatches BATCHES = new NumberedBatches(5);
    private static final int CALLERS = 4;
    private static final Duration HANGING = Duration.ofSeconds(20);
    private static final long MILLIS_BETWEEN_CALLS = 20;

    /**
     * A call that has ended.
     *
     * @param number which call it was; its request id and its customers have it in their names
     * @param code of the answer, or 0 when none came
     */
    record Entry(int number, int code, long startNanos, long endNanos) {

        long millis() {
            return (endNanos - startNanos) / 1_000_000;
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final URI customers;
    private final String key;
    private final List<CompletableFuture<Void>> callers;
    private volatile boolean open = true;

    Ledger(int port, String key) {
        this.customers = URI.create("http://localhost:" + port + Api.BASE_PATH + "/customers");
        this.key = key;
        this.callers = Stream.generate(
                        () -> CompletableFuture.runAsync(this::write, caller -> new Thread(caller).start()))
                .limit(CALLERS)
                .toList();
    }

    /** All calls that have ended so far. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Waits for a call that began after a moment and ended with a code. */
    Entry await(int code, long afterNanos) throws InterruptedException {
        Predicate<Entry> awaited = entry -> entry.code() == code && entry.startNanos() > afterNanos;
        long deadline = System.nanoTime() + HANGING.toNanos();
        while (entries.stream().noneMatch(awaited)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("No answer is " + code + ": " + this);
            }
            Thread.sleep(MILLIS_BETWEEN_CALLS);
        }
        return entries.stream().filter(awaited).findFirst().orElseThrow();
    }

    /** Ends the callers. */
    @Override
    public void close() {
        open = false;
        callers.forEach(CompletableFuture::join);
    }

    /** That what was answered with 0 is there, and nothing is there half. */
    void compare(ToLongFunction<String> database) {
        assertEquals(0, database.applyAsLong(BATCHES.countHalf()), "writes that are there half");
        List<Integer> done = entries.stream()
                .filter(entry -> entry.code() == 200)
                .map(Entry::number)
                .toList();
        assertEquals(
                0,
                database.applyAsLong(NumberedBatches.countMissing(done)),
                "writes that were answered with 0 and are not there");
    }

    /** Sends again, under its request id, what was not answered with 0; how many calls were made in all, each of them done once. */
    long settle() throws InterruptedException {
        for (Entry entry : entries()) {
            if (entry.code() != 200) {
                assertEquals(200, send(entry.number()));
            }
        }
        return entries.size();
    }

    private void write() {
        try {
            while (open) {
                int number = numbers.incrementAndGet();
                long start = System.nanoTime();
                int code = send(number);
                entries.add(new Entry(number, code, start, System.nanoTime()));
                Thread.sleep(MILLIS_BETWEEN_CALLS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int send(int number) throws InterruptedException {
        HttpRequest call = HttpRequest.newBuilder(customers)
                .header("bitkey", key)
                .header("x-bit-req-id", "write-" + number)
                .header("Content-Type", "application/json")
                .timeout(HANGING)
                .POST(BodyPublishers.ofString(BATCHES.body(number)))
                .build();
        try {
            return http.send(call, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return entries.stream()
                .collect(Collectors.groupingBy(Entry::code, Collectors.counting()))
                .toString();
    }
}
