package backoffice.bulkhead;

import backoffice.bulkhead.Bulkhead.Permit;
import backoffice.bulkhead.Bulkhead.Resource;
import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
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

    /**
     * The size of rows that come at the first time, also when fewer bytes were expected. A page of 1000 names with their
     * groups is smaller.
     */
    private static final int SMALL_ROWS = 128 << 10;

    /** Memory for rows that are probably larger is not asked for before their size is known, so that a guess holds little. */
    private static final int MAX_EXPECTED_ROWS = 1 << 20;

    /** The memory that a body takes when it is parsed, for each of its bytes. */
    private static final long PARSED = 9;

    /** The memory that rows take with their JSON, for each of their bytes. */
    private static final int MAPPED = 4;

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

    /** Waits until the body of a call may grow to so many bytes. They count with what parsing makes of them. */
    public Uni<Void> growBody(Call call, int from, int to) {
        // A call that has the share of its vendor needs no more.
        long more = Math.min(to * PARSED, memoryOfBodies.share()) - Math.min(from * PARSED, memoryOfBodies.share());
        return request(bodies, call, more).granted();
    }

    /**
     * Does work that finds rows in their {@link Room}. When they do not fit, it starts again as soon as the call may hold
     * them. They count until the answer is read; after a client has hung up, until the work ends.
     *
     * @param expected the bytes that the rows probably have; empty for one row, which needs no permit
     */
    public <T> Uni<T> withRoom(OptionalLong expected, Function<Room, Uni<T>> work) {
        Optional<Call> call = expected.isPresent() ? Call.current() : Optional.empty();
        return call.map(holder ->
                        withRoom(holder, expected.getAsLong() <= MAX_EXPECTED_ROWS ? expected.getAsLong() : 0, work))
                .orElseGet(() -> work.apply(new Room(Long.MAX_VALUE, null)));
    }

    private <T> Uni<T> withRoom(Call call, long expected, Function<Room, Uni<T>> work) {
        // Rows that are probably large need nothing at first. They wait only while calls of their vendor hold more than
        // its
        // share.
        Permit permit = request(rows, call, expected * MAPPED);
        Room room = new Room(Math.max(SMALL_ROWS, expected), permit);
        return permit.granted()
                .chain(() -> call.work(() -> work.apply(room)))
                .onItemOrFailure()
                .invoke((result, failure) -> {
                    if (result == null) {
                        permit.release();
                    } else {
                        // Its rows have been in memory twice while they were read.
                        permit.resize(room.found * MAPPED / 2);
                    }
                })
                .onFailure(failure -> room.isTooSmall())
                .recoverWithUni(() -> withRoom(call, room.found, work));
    }

    private static Permit request(Bulkhead memory, Call call, long bytes) {
        Permit permit = memory.request(call.vendor(), bytes, call.deadline());
        call.released().onComplete(over -> permit.release());
        return permit;
    }

    /** The memory that the rows of a work may take. */
    public static final class Room {

        private final long bytes;
        private final Permit permit;
        private long found;

        /** @param permit null where no call waits for an answer */
        private Room(long bytes, Permit permit) {
            this.bytes = bytes;
            this.permit = permit;
        }

        /** The bytes of rows that a statement may return. */
        public long bytes() {
            return bytes;
        }

        /**
         * Counts rows that a statement has found, instead of those that were expected.
         *
         * @throws ApiException when they have more bytes than the room
         */
        public void require(long foundBytes) {
            found = foundBytes;
            if (isTooSmall()) {
                throw new ApiException(Problem.OVERLOADED);
            }
            if (permit != null) {
                permit.resize(found * MAPPED);
            }
        }

        private boolean isTooSmall() {
            return found > bytes;
        }
    }
}
