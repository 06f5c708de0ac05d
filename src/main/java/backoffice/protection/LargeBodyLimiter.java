package backoffice.protection;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Semaphore that limits how many large bodies are read at the same time, because a body takes many times its size in
 * memory while it is read (docs/adr/0015).
 *
 * <p>A call with a large body waits for a permit up to the queue timeout, and then fails with 5001.
 * {@link SlowClientHandler} disconnects a sender that stalls, and so frees its permit. Small bodies never wait. A body
 * without {@code Content-Length} counts as small until more bytes of it have come.
 */
@Singleton
public class LargeBodyLimiter {

    /** The largest accepted body in bytes; {@code quarkus.rest.input-buffer-size} has the same value. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String KEY = LargeBodyLimiter.class.getName();

    private final Vertx vertx;
    private final long largeBytes;
    private final int maxPermits;
    private final long queueTimeoutMillis;
    private final Queue<Permit> waiting = new ArrayDeque<>();
    private final Set<Permit> acquired = new HashSet<>();

    LargeBodyLimiter(Vertx vertx, ClientLimits limits) {
        this.vertx = vertx;
        this.largeBytes = limits.largeBody().asLongValue();
        this.maxPermits = limits.largeBodyPermits();
        this.queueTimeoutMillis = limits.queueTimeout().toMillis();
    }

    /**
     * Acquires a permit for a large body. A call that ends releases its permit, if {@link #release} has
     * not done so before.
     *
     * @param length the length of the body in bytes
     * @return completes when the body may be read, at once for a small body; fails with 5001 after the queue timeout
     */
    public Uni<Void> acquire(RoutingContext call, long length) {
        return length > largeBytes
                ? Uni.createFrom().emitter(emitter -> enqueue(new Permit(call, emitter)))
                : Uni.createFrom().voidItem();
    }

    /**
     * Reads the body of a call without {@code Content-Length}. It acquires a permit once the body
     * turns out to be large.
     *
     * @return the bytes of the body; fails with 1005 when there are more than {@link #MAX_BYTES}, and with 5001
     *     after the queue timeout
     */
    public Uni<byte[]> read(RoutingContext call) {
        HttpServerRequest request = call.request();
        if (request.isEnded()) {
            return Uni.createFrom().item(new byte[0]);
        }
        Buffer body = Buffer.buffer();
        return Uni.createFrom()
                .emitter(emitter -> request.handler(chunk -> {
                            boolean wasLarge = body.length() > largeBytes;
                            body.appendBuffer(chunk);
                            if (body.length() > MAX_BYTES) {
                                request.handler(rest -> {});
                                emitter.fail(new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES));
                            } else if (body.length() > largeBytes && !wasLarge) {
                                request.pause();
                                acquire(call, body.length())
                                        .subscribe()
                                        .with(permit -> request.resume(), emitter::fail);
                            }
                        })
                        .endHandler(end -> emitter.complete(body.getBytes()))
                        .resume());
    }

    /** Releases the permit of a call whose body has been read; a call without a permit is ignored. */
    public void release(RoutingContext call) {
        Permit permit = call.get(KEY);
        if (permit != null) {
            release(permit);
        }
    }

    private synchronized void enqueue(Permit permit) {
        permit.call.put(KEY, permit);
        // A call also ends when its client disconnects, even while it waits.
        permit.call.addEndHandler(end -> release(permit));
        waiting.add(permit);
        grantPermits();
    }

    private synchronized void release(Permit permit) {
        vertx.cancelTimer(permit.timer);
        waiting.remove(permit);
        acquired.remove(permit);
        grantPermits();
    }

    private synchronized void grantPermits() {
        while (acquired.size() < maxPermits && !waiting.isEmpty()) {
            Permit next = waiting.remove();
            acquired.add(next);
            vertx.cancelTimer(next.timer);
            next.context.runOnContext(granted -> next.emitter.complete(null));
        }
    }

    private synchronized void timeOut(Permit permit) {
        if (waiting.remove(permit)) {
            permit.emitter.fail(new UnavailableException(Problem.OVERLOADED));
        }
    }

    /** The permit of one call: in the queue at first, then acquired. */
    private final class Permit {

        private final RoutingContext call;
        private final UniEmitter<? super Void> emitter;
        private final Context context = vertx.getOrCreateContext();
        private final long timer = vertx.setTimer(queueTimeoutMillis, elapsed -> timeOut(this));

        Permit(RoutingContext call, UniEmitter<? super Void> emitter) {
            this.call = call;
            this.emitter = emitter;
        }
    }
}
