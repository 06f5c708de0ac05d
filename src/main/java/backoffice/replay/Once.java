package backoffice.replay;

import backoffice.database.Database;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Problem;
import backoffice.vendor.Vendor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sending again without doing twice (contract, section 7): a change with a request id is remembered with its answer in
 * the transaction of the change itself, so that "answered" and "done" cannot part.
 */
@Singleton
public class Once {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MILLIS_BETWEEN_LOOKS = 50;

    private final Database database;
    private final ReplayRepository replays;
    private final CurrentVertxRequest request;
    private final Vendor vendor;
    private final ObjectMapper json;
    private final Vertx vertx;

    Once(
            Database database,
            ReplayRepository replays,
            CurrentVertxRequest request,
            Vendor vendor,
            ObjectMapper json,
            Vertx vertx) {
        this.database = database;
        this.replays = replays;
        this.request = request;
        this.vendor = vendor;
        this.json = json;
        this.vertx = vertx;
    }

    /**
     * Runs a change, unless the same request was done before; then its answer is the one of that time. Fails with 1001
     * when the request id is malformed, 3001 when the same id stays under way elsewhere, and 3002 when it was used for
     * another request.
     *
     * @param change what to do for the vendor of that name; it joins the transaction that remembers it. It may run when
     *     the client has hung up and nothing is known of the request any more
     */
    public <T> Uni<Envelope<T>> run(Function<String, Uni<Envelope<T>>> change) {
        String vendorName = vendor.name();
        return RequestId.of(request.getCurrent())
                .map(id ->
                        attempt(vendorName, id, () -> change.apply(vendorName), System.nanoTime() + PATIENCE.toNanos()))
                .orElseGet(() -> change.apply(vendorName));
    }

    private <T> Uni<Envelope<T>> attempt(
            String vendorName, RequestId id, Supplier<Uni<Envelope<T>>> change, long deadline) {
        return database.transaction(() -> replays.tryLock(vendorName, id.value())
                        .chain(free -> free
                                ? replays.find(vendorName, id.value())
                                        .chain(done -> done == null
                                                ? change.get()
                                                        .call(answer -> replays.remember(vendorName, id, bytes(answer)))
                                                : Uni.createFrom().failure(repetition(id, done)))
                                : Uni.createFrom().<Envelope<T>>nullItem()))
                .chain(answer -> answer == null
                        ? later(id, deadline).chain(() -> attempt(vendorName, id, change, deadline))
                        : Uni.createFrom().item(answer));
    }

    private static RuntimeException repetition(RequestId id, Row done) {
        return id.isSameRequest(done.getBuffer(0).getBytes())
                ? new Replayed(done.getBuffer(1).getBytes())
                : new ApiException(Problem.REQUEST_ID_REUSED, id.value());
    }

    /** Waits a little without holding a connection; fails with 3001 when the deadline has passed. */
    private Uni<Void> later(RequestId id, long deadline) {
        if (System.nanoTime() > deadline) {
            return Uni.createFrom().failure(new ApiException(Problem.STILL_RUNNING, id.value()));
        }
        return Uni.createFrom().emitter(look -> vertx.setTimer(MILLIS_BETWEEN_LOOKS, timer -> look.complete(null)));
    }

    private byte[] bytes(Envelope<?> answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An envelope is always JSON", e);
        }
    }
}
