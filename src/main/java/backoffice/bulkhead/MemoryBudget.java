package backoffice.bulkhead;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.value.Call;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The budget of the memory that calls hold. It counts bytes at the three doors by which they come in: bodies, rows of
 * PostgreSQL, and rows again until the client has read their answer. Small ones pass without a permit, because the number of
 * connections bounds them. A call that waits longer than the queue timeout fails with 5001. See docs/adr/0015.
 */
@Singleton
public class MemoryBudget {

    /** The size of a body that needs no permit. A batch of 100 names is smaller. */
    public static final int SMALL_BODY = 8 << 10;

    /** The expected bytes of rows that are never large, so that their call has no permit. */
    public static final long SMALL = -1;

    /** The size of rows that need no permit, as PostgreSQL tells it. A page of 1000 names with their groups is smaller. */
    private static final int SMALL_ROWS = 128 << 10;

    /** Memory for rows that are probably larger is not asked for before their size is known, so that a guess holds little. */
    private static final int MAX_EXPECTED_ROWS = 1 << 20;

    /** The memory that a body takes when it is parsed, for each of its bytes. */
    private static final int PARSED = 8;

    /** The memory that rows take with their JSON, for each of their bytes. */
    private static final int MAPPED = 4;

    private static final String KEY = MemoryBudget.class.getName();

    private final Bulkhead budget;
    private final long maxOfCall;
    private final Duration queueTimeout;

    /** @param share the share of the heap that all calls hold at most */
    MemoryBudget(
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.limits.memory-share") double share,
            @ConfigProperty(name = "backoffice.limits.queue-timeout") Duration queueTimeout) {
        long capacity = (long) (Runtime.getRuntime().maxMemory() * share);
        this.maxOfCall = capacity / 2;
        Bulkhead.Limits limits = new Bulkhead.Limits(capacity, maxOfCall, Integer.MAX_VALUE);
        this.budget = new Bulkhead(vertx, meters, "memory", Problem.OVERLOADED, limits);
        this.queueTimeout = queueTimeout;
    }

    /** Waits until a call may read so many bytes of a body more. They count with what parsing makes of them. */
    public Uni<Void> body(Call call, long bytes) {
        return memory(call).holdBody(bytes * PARSED).granted();
    }

    /**
     * Executes statements that can find large rows. They return rows of up to {@link #room} bytes, and fail by
     * {@link #requireRoom} for more. Then all of the work starts again when the call may hold them. They count until
     * the answer is read; after a client has hung up, until the work ends.
     *
     * @param expected the bytes that the rows probably have, or {@link #SMALL}
     */
    public <T> Uni<T> rows(long expected, Supplier<Uni<T>> work) {
        Optional<Call> call = Call.current();
        if (call.isEmpty() || expected == SMALL) {
            return work.get();
        }
        return memory(call.get()).execute(expected <= MAX_EXPECTED_ROWS ? expected : 0, work);
    }

    private CallMemory memory(Call call) {
        return ContextLocals.<CallMemory>get(KEY).orElseGet(() -> {
            CallMemory memory = new CallMemory(call);
            ContextLocals.put(KEY, memory);
            return memory;
        });
    }

    /** The bytes of rows that a statement of the current call may return. Outside of {@link #rows}, there is no limit. */
    public static long room() {
        return working().map(memory -> memory.room).orElse(Long.MAX_VALUE);
    }

    /**
     * Counts rows that a statement has found.
     *
     * @throws LargeRowsException when they have more bytes than {@link #room}
     */
    public static void requireRoom(long bytes) {
        working().ifPresent(memory -> memory.count(bytes));
    }

    private static Optional<CallMemory> working() {
        return VertxContext.isOnDuplicatedContext()
                ? ContextLocals.<CallMemory>get(KEY).filter(memory -> memory.isWorking)
                : Optional.empty();
    }

    /**
     * Counts the rows of the current call, also small ones, until the call ends: its answer waits for its client. They have
     * been in memory twice while they were read.
     */
    public static void holdRows() {
        ContextLocals.<CallMemory>get(KEY)
                .filter(memory -> memory.rows != null)
                .ifPresent(memory -> memory.rows.resize(memory.rowBytes * MAPPED / 2));
    }

    /** What one call holds. All of it happens on the event loop of the call. */
    private final class CallMemory {

        private final Call call;
        private final List<Bulkhead.Permit> body = new ArrayList<>();
        private Bulkhead.Permit rows;
        private long room;
        private long rowBytes;
        private boolean isWorking;

        private CallMemory(Call call) {
            this.call = call;
            call.end().onComplete(end -> releaseUnlessWorking());
        }

        private void count(long bytes) {
            if (bytes > room) {
                throw new LargeRowsException(bytes);
            }
            rowBytes = bytes;
        }

        private Bulkhead.Permit holdBody(long bytes) {
            Bulkhead.Permit permit = request(bytes);
            body.add(permit);
            return permit;
        }

        /** A call that has its body needs no more than the rest of what one call can have. */
        private Bulkhead.Permit request(long bytes) {
            long held = body.stream().mapToLong(Bulkhead.Permit::amount).sum();
            return budget.request(call.vendor(), Math.min(bytes, maxOfCall - held), Call.endOfWait(queueTimeout));
        }

        private <T> Uni<T> execute(long rowBytes, Supplier<Uni<T>> work) {
            if (call.end().isComplete()) {
                return Uni.createFrom().failure(new UnavailableException(Problem.OVERLOADED));
            }
            if (rows != null) {
                rows.release();
            }
            room = Math.max(SMALL_ROWS, rowBytes);
            // Small rows need nothing. They wait only while calls of their vendor hold more than they asked for.
            rows = request((room - SMALL_ROWS) * MAPPED);
            Uni<T> start = Uni.createFrom().deferred(() -> {
                isWorking = true;
                return work.get();
            });
            return (rows.isGranted() ? start : rows.granted().chain(() -> start))
                    .onTermination()
                    .invoke(this::endWork)
                    .onFailure(LargeRowsException.class)
                    .recoverWithUni(e -> execute(e.bytes, work));
        }

        private void endWork() {
            isWorking = false;
            if (call.end().isComplete()) {
                releaseUnlessWorking();
            }
        }

        private void releaseUnlessWorking() {
            if (!isWorking) {
                body.forEach(Bulkhead.Permit::release);
                if (rows != null) {
                    rows.release();
                }
            }
        }
    }
}
