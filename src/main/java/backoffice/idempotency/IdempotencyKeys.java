package backoffice.idempotency;

import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Problem;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Executes changes at most once for each idempotency key (docs/api.md, section 7). The response is stored in the
 * transaction of the change: a change is committed if and only if its response is stored. See docs/adr/0011.
 */
@Singleton
public class IdempotencyKeys {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,128}");
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int MAX_ITEMS_ON_EVENT_LOOP = 100;

    private final StoredResponses responses;
    private final Vertx vertx;
    private final ObjectMapper mapper;

    IdempotencyKeys(StoredResponses responses, Vertx vertx, ObjectMapper mapper) {
        this.responses = responses;
        this.vertx = vertx;
        this.mapper = mapper;
    }

    /** A SHA-256 digest of the method, the path as sent, and the body. Equal digests mean the same request. */
    public static byte[] fingerprint(Call call, byte[] body) {
        MessageDigest digest =
                Unchecked.supplier(() -> MessageDigest.getInstance("SHA-256")).get();
        // Neither a method nor a path contains a line feed, so the parts cannot run into each other.
        digest.update((call.method() + "\n" + call.path() + "\n").getBytes(StandardCharsets.UTF_8));
        return digest.digest(body);
    }

    /**
     * Executes a change of a call that has an idempotency key. It answers with the stored response when the caller sent the
     * same request before, and fails with 3002 when the key was used for another request. While a call with the same key
     * runs, it waits without a database connection, for 2 s and until the deadline of the call at the most. Then it fails
     * with 3001.
     *
     * @param execution executes the change, with other statements in its transaction
     * @throws ApiException (1001) when the key is not 1…128 visible ASCII characters, or when the call has two
     */
    public <T> Uni<Envelope<T>> executeOnce(
            Call call, Work<Envelope<T>> change, Function<Work<Envelope<T>>, Uni<Envelope<T>>> execution) {
        if (!VISIBLE_ASCII.matcher(call.idempotencyKey()).matches()) {
            throw new ApiException(Problem.MALFORMED_IDEMPOTENCY_KEY, call.idempotencyKey());
        }
        if (call.fingerprint() == null) {
            call.recordBody(fingerprint(call, new byte[0]));
        }
        Work<Envelope<T>> once = change.inTransaction((db, answer) -> responses
                .tryLock(db, call)
                .chain(locked -> locked
                        ? unlessStored(db, call, answer)
                        : Uni.createFrom().nullItem()));
        return untilLocked(call, () -> execution.apply(once), Call.endOfWait(LOCK_TIMEOUT));
    }

    private <T> Uni<Envelope<T>> unlessStored(VendorSql db, Call call, Supplier<Uni<Envelope<T>>> change) {
        return responses
                .find(db, call)
                .chain(stored -> stored == null
                        ? change.get().call(answer -> json(answer).chain(json -> responses.store(db, call, json)))
                        : Uni.createFrom().item(Envelope.stored(stored)));
    }

    /** A long answer is written by a worker thread, because it would keep the event loop from other calls. */
    private Uni<byte[]> json(Envelope<?> answer) {
        return answer.data().items().size() <= MAX_ITEMS_ON_EVENT_LOOP
                ? Uni.createFrom().item(StoredJson.write(mapper, answer))
                : UniHelper.toUni(vertx.executeBlocking(() -> StoredJson.write(mapper, answer), false));
    }

    /** @param attempt returns null while another call has the lock of the key */
    private <T> Uni<T> untilLocked(Call call, Supplier<Uni<T>> attempt, long deadline) {
        return attempt.get()
                .onItem()
                .ifNull()
                .switchTo(() -> System.nanoTime() + POLL_INTERVAL.toNanos() - deadline > 0
                        ? Uni.createFrom().failure(new ApiException(Problem.STILL_RUNNING, call.idempotencyKey()))
                        : UniHelper.toUni(vertx.timer(POLL_INTERVAL.toMillis()))
                                .chain(() -> untilLocked(call, attempt, deadline)));
    }
}
