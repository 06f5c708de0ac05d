package backoffice.idempotency;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import backoffice.persistence.VendorSql;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Executes changes at most once for each idempotency key (docs/api.md, section 7). The response is stored in the
 * transaction of the change: a change is committed if and only if its response is stored. See docs/adr/0011.
 */
@Singleton
public class IdempotentExecutor {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final VendorSql sql;
    private final StoredResponseRepository responses;
    private final Vertx vertx;

    IdempotentExecutor(VendorSql sql, StoredResponseRepository responses, Vertx vertx) {
        this.sql = sql;
        this.responses = responses;
        this.vertx = vertx;
    }

    /**
     * Executes a change of the caller, or answers with the stored response when the caller sent the same request before.
     * Without an idempotency key, it only executes the change. On a cluster, a change that finds no group or customer is
     * decided once more. Fails with 3001 when a request with the same key still runs after 2 s, or at the deadline of the
     * call if that is earlier, and with 3002 when the key was used for another request.
     *
     * @param rows the number of rows that the change works on at most
     * @param change returns the items of the response. Its statements join the transaction that stores the response, and
     *     are retried with it
     * @throws ApiException (1001) when the header is malformed
     */
    public <T> Uni<Envelope<T>> execute(int rows, Function<Vendor, Uni<List<T>>> change) {
        Call call = Call.current().orElseThrow();
        Vendor caller = call.vendor();
        Supplier<Uni<Envelope<T>>> work = () -> Uni.createFrom()
                .deferred(() -> change.apply(caller))
                .onFailure(IdempotentExecutor::isNotFound)
                .recoverWithUni(notFound -> sql.isCluster()
                        .chain(isCluster -> isCluster
                                ? change.apply(caller)
                                : Uni.createFrom().failure(notFound)))
                .map(Envelope::of);
        return call.idempotencyKey() == null
                ? work.get()
                : attempt(caller, IdempotencyKey.of(call), rows, work, Call.endOfWait(LOCK_TIMEOUT));
    }

    /** On a cluster, a statement that waited for the move of a shard can miss rows (docs/adr/0027). */
    private static boolean isNotFound(Throwable failure) {
        return failure instanceof ApiException e
                && (e.status() == Status.NO_SUCH_GROUP || e.status() == Status.NO_SUCH_CUSTOMER);
    }

    private <T> Uni<Envelope<T>> attempt(
            Vendor caller, IdempotencyKey key, int rows, Supplier<Uni<Envelope<T>>> change, long deadline) {
        Supplier<Uni<Envelope<T>>> unlessLocked = () -> responses
                .tryLock(caller, key)
                .chain(locked -> locked
                        ? executeUnlessStored(caller, key, change)
                        : Uni.createFrom().nullItem());
        return sql.transaction(caller, rows, unlessLocked)
                .chain(envelope -> envelope == null
                        ? pause(key, deadline).chain(() -> attempt(caller, key, rows, change, deadline))
                        : Uni.createFrom().item(envelope));
    }

    private <T> Uni<Envelope<T>> executeUnlessStored(
            Vendor caller, IdempotencyKey key, Supplier<Uni<Envelope<T>>> change) {
        return responses
                .find(caller, key)
                .chain(stored -> stored == null
                        ? change.get()
                                .call(envelope -> responses.store(
                                        caller,
                                        key,
                                        Json.encodeToBuffer(envelope).getBytes()))
                        : Uni.createFrom().failure(new StoredResponseException(stored)));
    }

    /** Waits without a database connection before the next attempt; fails with 3001 when that is after the deadline. */
    private Uni<Void> pause(IdempotencyKey key, long deadline) {
        return System.nanoTime() + POLL_INTERVAL.toNanos() - deadline > 0
                ? Uni.createFrom().failure(new ApiException(Problem.STILL_RUNNING, key.value()))
                : UniHelper.toUni(vertx.timer(POLL_INTERVAL.toMillis()));
    }

    /**
     * The exception that answers a repeated request with its stored response. It is an exception, because a resource
     * returns an {@code Envelope} and the stored response is bytes.
     */
    public static class StoredResponseException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient byte[] body;

        StoredResponseException(byte[] body) {
            super("a stored response exists for this request", null, false, false);
            this.body = body;
        }

        /** The bytes of the stored envelope. */
        public byte[] body() {
            return body;
        }
    }
}
