package backoffice.bulkhead;

import backoffice.bulkhead.Bulkhead.Permit;
import backoffice.bulkhead.Bulkhead.Resource;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Call;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The budget of the memory that calls hold. It counts bytes at the two doors by which they come in: a third of it is for
 * bodies, and the rest for rows of PostgreSQL, until the client has read the answer. Small bodies and single rows pass
 * without a permit, because the number of connections bounds them. A call that waits until its deadline fails with 5001. See
 * docs/adr/0015.
 */
@Singleton
public class MemoryBudget {

    /** The size of a body that needs no permit. A batch of 100 names is smaller. */
    public static final int SMALL_BODY = 8 << 10;

    /** The expected bytes of rows that are never large, so that their call has no permit. */
    public static final long SMALL = -1;

    /**
     * The size of rows that come at the first time, also when fewer bytes were expected. A page of 1000 names with their
     * groups is smaller.
     */
    private static final int SMALL_ROWS = 128 << 10;

    /** Memory for rows that are probably larger is not asked for before their size is known, so that a guess holds little. */
    private static final int MAX_EXPECTED_ROWS = 1 << 20;

    /** The memory that a body takes when it is parsed, for each of its bytes. */
    private static final int PARSED = 9;

    /** The memory that rows take with their JSON, for each of their bytes. */
    private static final int MAPPED = 4;

    private static final String KEY = MemoryBudget.class.getName();

    private final Resource memoryOfBodies;
    private final Bulkhead bodies;
    private final Bulkhead rows;

    /** @param share the share of the heap that all calls hold at most */
    MemoryBudget(
            Vertx vertx, MeterRegistry meters, @ConfigProperty(name = "backoffice.limits.memory-share") double share) {
        long capacity = (long) (Runtime.getRuntime().maxMemory() * share);
        // Calls that hold their bodies would wait for each other's memory if both were one resource.
        this.memoryOfBodies = resource("bodies", capacity / 3);
        this.bodies = new Bulkhead(vertx, meters, memoryOfBodies);
        this.rows = new Bulkhead(vertx, meters, resource("rows", capacity - capacity / 3));
    }

    private static Resource resource(String name, long capacity) {
        return new Resource("memory of " + name, Problem.OVERLOADED, capacity, capacity / 2, Integer.MAX_VALUE);
    }

    /** Waits until a call may read so many bytes of a body more. They count with what parsing makes of them. */
    public Uni<Void> body(Call call, long bytes) {
        return memory(call).body(bytes * PARSED);
    }

    /**
     * Executes statements that can find large rows. They return rows of up to {@link #room} bytes, and fail by
     * {@link #requireRoom} for more. Then all of the work starts again when the call may hold them. They count until
     * the answer is read; after a client has hung up, until the work ends.
     *
     * @param expected the bytes that the rows probably have, or {@link #SMALL}
     */
    public <T> Uni<T> rows(long expected, Supplier<Uni<T>> work) {
        return Call.current()
                .filter(call -> expected != SMALL)
                .map(call -> memory(call).rows(expected <= MAX_EXPECTED_ROWS ? expected : 0, work))
                .orElseGet(work);
    }

    private CallMemory memory(Call call) {
        return ContextLocals.<CallMemory>get(KEY).orElseGet(() -> new CallMemory(call));
    }

    /** The bytes of rows that a statement of the current call may return. Outside of {@link #rows}, there is no limit. */
    public static long room() {
        return working().map(memory -> memory.room).orElse(Long.MAX_VALUE);
    }

    /**
     * Counts rows that a statement has found, instead of those that were expected.
     *
     * @throws ApiException when they have more bytes than {@link #room}
     */
    public static void requireRoom(long bytes) {
        working().ifPresent(memory -> memory.rowBytes = bytes);
        if (bytes > room()) {
            throw new ApiException(Problem.OVERLOADED);
        }
        working().ifPresent(memory -> memory.permit.resize(bytes * MAPPED));
    }

    private static Optional<CallMemory> working() {
        return Call.current()
                .flatMap(call -> ContextLocals.<CallMemory>get(KEY))
                .filter(memory -> memory.isWorking);
    }

    /** The answer of the current call waits for its client. Its rows have been in memory twice while they were read. */
    public static void holdRows() {
        ContextLocals.<CallMemory>get(KEY)
                .filter(memory -> memory.permit != null)
                .ifPresent(memory -> memory.permit.resize(memory.rowBytes * MAPPED / 2));
    }

    /** What one call holds. All of it happens on the event loop of the call. */
    private final class CallMemory {

        private final Call call;
        private final Promise<Void> end = Promise.promise();
        private long bodyBytes;
        /** That of the rows; null before they are read. */
        private Permit permit;

        private long rowBytes;
        private long room;
        private boolean isWorking;

        private CallMemory(Call call) {
            this.call = call;
            ContextLocals.put(KEY, this);
            call.end().onComplete(over -> endUnlessWorking());
        }

        /** A call whose body grows needs no more than the rest of what one call can have. */
        private Uni<Void> body(long bytes) {
            long more = Math.min(bytes, memoryOfBodies.share() - bodyBytes);
            bodyBytes += more;
            return request(bodies, more).granted();
        }

        private <T> Uni<T> rows(long expected, Supplier<Uni<T>> work) {
            if (permit != null) {
                permit.release();
            }
            room = Math.max(SMALL_ROWS, expected);
            rowBytes = 0;
            // Rows of which nothing is known need nothing. They wait only while calls of their vendor hold more than
            // its share.
            permit = request(rows, expected * MAPPED);
            return permit.granted()
                    .invoke(() -> isWorking = true)
                    .chain(granted -> work.get())
                    .onTermination()
                    .invoke(() -> {
                        isWorking = false;
                        endUnlessWorking();
                    })
                    .onFailure(failure -> rowBytes > room)
                    .recoverWithUni(() -> rows(rowBytes, work));
        }

        private Permit request(Bulkhead memory, long bytes) {
            Permit requested = memory.request(call.vendor(), bytes, call.deadline());
            end.future().onComplete(over -> requested.release());
            return requested;
        }

        private void endUnlessWorking() {
            if (call.end().isComplete() && !isWorking) {
                end.tryComplete();
            }
        }
    }
}
