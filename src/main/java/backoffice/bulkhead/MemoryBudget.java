package backoffice.bulkhead;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The budget of the memory that calls hold. It counts bytes at the three doors by which they come in: bodies, rows of
 * PostgreSQL, and answers until their clients have read them. Small ones pass without a permit, because the number of
 * connections bounds them. A call that waits longer than the queue timeout fails with 5001. See docs/adr/0015.
 *
 * <p>A call that holds its body waits for rows, and no call that holds rows waits for a body.
 */
@Singleton
public class MemoryBudget {

    /** The size of a body that needs no permit. A batch of 100 names is smaller. */
    public static final int SMALL_BODY = 8 << 10;

    /** The size of rows that need no permit, as PostgreSQL tells it. A page of 1000 names with their groups is smaller. */
    private static final int SMALL_ROWS = 128 << 10;

    /** Rows that are probably larger are not asked for before their size is known, so that a guess holds little. */
    private static final int MAX_EXPECTED_ROWS = 1 << 20;

    /** The bytes of an answer that are not counted. */
    private static final int SMALL_ANSWER = 128 << 10;

    /** The memory that a body takes when it is parsed, for each of its bytes. */
    private static final int PARSED = 8;

    /** The memory that rows take with their JSON, for each of their bytes. */
    private static final int MAPPED = 4;

    private static final String ROWS = MemoryBudget.class.getName();

    private final Bulkhead bodies;
    private final Bulkhead answers;
    private final Duration queueTimeout;

    /** @param share the share of the heap that bodies take at most, and so do rows with answers */
    MemoryBudget(
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.limits.memory-share") double share,
            @ConfigProperty(name = "backoffice.limits.queue-timeout") Duration queueTimeout) {
        long capacity = (long) (Runtime.getRuntime().maxMemory() * share);
        Bulkhead.Limits limits = new Bulkhead.Limits(capacity, capacity / 2, Integer.MAX_VALUE);
        this.bodies = new Bulkhead(vertx, meters, "memory for bodies", limits);
        this.answers = new Bulkhead(vertx, meters, "memory for answers", limits);
        this.queueTimeout = queueTimeout;
    }

    /** Waits until a call may read so many bytes of a body more. They count with what parsing makes of them. */
    public Uni<Void> body(Call call, long bytes) {
        return bodies.request(call.vendor(), bytes * PARSED, Call.endOfWait(queueTimeout), call.end())
                .granted();
    }

    /**
     * Executes statements that can find large rows. They return rows of up to {@link #room} bytes, and fail with
     * {@link LargeRowsException} for more. Then all of the work starts again when the call may hold them. They count until
     * the answer is read; after a client has hung up, until the work ends.
     *
     * @param expected the bytes that the rows probably have
     */
    public <T> Uni<T> rows(Vendor vendor, long expected, Supplier<Uni<T>> work) {
        Optional<Call> call = Call.current();
        return call.isEmpty() || room() < Long.MAX_VALUE
                ? work.get()
                : new Rows(call.get(), vendor).execute(expected, work);
    }

    /** Small rows need nothing, so they wait only while calls of their vendor hold more than they have asked for. */
    private static long weight(long rowBytes) {
        return Math.max(0, (rowBytes - SMALL_ROWS) * MAPPED);
    }

    /** The bytes of rows that a statement of the current call may return. Outside of {@link #rows}, there is no limit. */
    public static long room() {
        return VertxContext.isOnDuplicatedContext()
                ? ContextLocals.<Rows>get(ROWS)
                        .filter(rows -> rows.isWorking)
                        .map(rows -> rows.room)
                        .orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    /** The permit of the current call for its rows and its answer; empty when it reads no large rows. */
    public static Optional<Bulkhead.Permit> permit() {
        return ContextLocals.<Rows>get(ROWS).map(rows -> rows.permit);
    }

    /** Works on the rows of the current call outside of its event loop. They count until the work ends. */
    public static <T> Future<T> work(Vertx vertx, Callable<T> work) {
        Rows rows = ContextLocals.<Rows>get(ROWS).orElseThrow();
        rows.isWorking = true;
        return vertx.executeBlocking(work, false).onComplete(done -> rows.endWork());
    }

    /** Counts what a client has not read of an answer. */
    public static void count(Bulkhead.Permit permit, long unreadBytes) {
        permit.resize(Math.max(0, unreadBytes - SMALL_ANSWER));
    }

    /** The rows of a call. All of it happens on the event loop of the call. */
    private final class Rows {

        private final Call call;
        private final Vendor vendor;
        private Bulkhead.Permit permit;
        private long room = SMALL_ROWS;
        private boolean isWorking;

        private Rows(Call call, Vendor vendor) {
            this.call = call;
            this.vendor = vendor;
            permit().ifPresent(Bulkhead.Permit::release);
            ContextLocals.put(ROWS, this);
        }

        private <T> Uni<T> execute(long expected, Supplier<Uni<T>> work) {
            Optional<Bulkhead.Permit> large = expected > SMALL_ROWS && expected <= MAX_EXPECTED_ROWS
                    ? answers.tryRequest(vendor, weight(expected))
                    : Optional.empty();
            large.ifPresent(granted -> room = expected);
            permit = large.orElseGet(() -> request(0));
            call.end().onComplete(end -> releaseUnlessWorking());
            return execute(work);
        }

        private Bulkhead.Permit request(long rowBytes) {
            return answers.request(vendor, weight(rowBytes), Call.endOfWait(queueTimeout));
        }

        private <T> Uni<T> execute(Supplier<Uni<T>> work) {
            Uni<T> start = Uni.createFrom().deferred(() -> {
                isWorking = !call.end().isComplete();
                return isWorking ? work.get() : Uni.createFrom().failure(new UnavailableException(Problem.OVERLOADED));
            });
            return (permit.isGranted() ? start : permit.granted().chain(() -> start))
                    .onTermination()
                    .invoke(this::endWork)
                    .onFailure(LargeRowsException.class)
                    .recoverWithUni(e -> {
                        permit.release();
                        room = e.bytes;
                        permit = request(room);
                        return execute(work);
                    });
        }

        private void endWork() {
            isWorking = false;
            if (call.end().isComplete()) {
                permit.release();
            }
        }

        private void releaseUnlessWorking() {
            if (!isWorking) {
                permit.release();
            }
        }
    }
}
