package backoffice.idempotency;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Problem;
import backoffice.persistence.Work;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Executes changes at most once for each idempotency key (docs/api.md, section 7). The response is stored in the
 * transaction of the change: a change is committed if and only if its response is stored. See docs/adr/0011.
 */
@Singleton
public class IdempotencyKeys {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final StoredResponses responses;
    private final Vertx vertx;

    IdempotencyKeys(StoredResponses responses, Vertx vertx) {
        this.responses = responses;
        this.vertx = vertx;
    }

    /**
     * The change that the current call makes. With an idempotency key, it answers with the stored response when the caller
     * sent the same request before, and fails with 3002 when the key was used for another request. It returns null while a
     * call with the same key runs.
     *
     * @throws ApiException (1001) when the header is malformed
     */
    public <T> Work<Envelope<T>> once(Vendor caller, Work<List<T>> change) {
        Call call = Call.current().orElseThrow();
        Work<Envelope<T>> answering = change.map(Envelope::of);
        if (call.idempotencyKey() == null) {
            return answering;
        }
        IdempotencyKey key = IdempotencyKey.of(call);
        return answering.inTransaction(answer -> responses
                .tryLock(caller, key)
                .chain(locked -> locked
                        ? unlessStored(caller, key, answer)
                        : Uni.createFrom().nullItem()));
    }

    private <T> Uni<Envelope<T>> unlessStored(Vendor caller, IdempotencyKey key, Supplier<Uni<Envelope<T>>> change) {
        return responses
                .find(caller, key)
                .chain(stored -> stored == null
                        ? change.get().call(answer -> responses.store(caller, key, Json.encodeToBuffer(answer)))
                        : Uni.createFrom().item(Envelope.stored(stored)));
    }

    /**
     * Executes the change of {@link #once} again until it returns something. It waits without a database connection, for
     * 2 s and until the deadline of the call at the most. Then it fails with 3001.
     */
    public <T> Uni<T> waitWhileLocked(Supplier<Uni<T>> change) {
        return execute(change, Call.endOfWait(LOCK_TIMEOUT));
    }

    private <T> Uni<T> execute(Supplier<Uni<T>> change, long deadline) {
        return change.get().onItem().ifNull().switchTo(() -> pause(deadline).chain(() -> execute(change, deadline)));
    }

    private Uni<Void> pause(long deadline) {
        String key = Call.current().orElseThrow().idempotencyKey();
        return System.nanoTime() + POLL_INTERVAL.toNanos() - deadline > 0
                ? Uni.createFrom().failure(new ApiException(Problem.STILL_RUNNING, key))
                : UniHelper.toUni(vertx.timer(POLL_INTERVAL.toMillis()));
    }
}
