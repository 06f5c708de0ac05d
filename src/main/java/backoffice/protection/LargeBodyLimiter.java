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
 * Large bodies take many times their size in memory while they are read, so a few are read at once. The others take turns;
 * one that waits too long is refused (5001). {@link SlowClientHandler} sees to it that a sender who stalls gives way. Small
 * bodies do not wait. A body that does not tell its length is small until more of it has come.
 */
@Singleton
public class LargeBodyLimiter {

    /** The most bytes of a body that are accepted; {@code quarkus.rest.input-buffer-size} is the same. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String KEY = LargeBodyLimiter.class.getName();

    private final Vertx vertx;
    private final long large;
    private final int permits;
    private final long queueTimeoutMillis;
    private final Queue<Visit> waiting = new ArrayDeque<>();
    private final Set<Visit> held = new HashSet<>();

    LargeBodyLimiter(Vertx vertx, ClientLimits limits) {
        this.vertx = vertx;
        this.large = limits.largeBody().asLongValue();
        this.permits = limits.largeBodyPermits();
        this.queueTimeoutMillis = limits.queueTimeout().toMillis();
    }

    /** Comes when a body of so many bytes may be read, at once unless it is large. */
    public Uni<Void> turn(RoutingContext call, long length) {
        return length > large
                ? Uni.createFrom().emitter(turn -> enter(new Visit(call, turn)))
                : Uni.createFrom().voidItem();
    }

    /**
     * Reads the body of a call that does not tell its length; the turn comes when it turns out to be large.
     *
     * @return the bytes; fails with 1005 when they are more than {@link #MAX_BYTES}
     */
    public Uni<byte[]> read(RoutingContext call) {
        HttpServerRequest request = call.request();
        if (request.isEnded()) {
            return Uni.createFrom().item(new byte[0]);
        }
        Buffer body = Buffer.buffer();
        return Uni.createFrom()
                .emitter(read -> request.handler(part -> {
                            boolean wasLarge = body.length() > large;
                            body.appendBuffer(part);
                            if (body.length() > MAX_BYTES) {
                                request.handler(rest -> {});
                                read.fail(new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES));
                            } else if (body.length() > large && !wasLarge) {
                                request.pause();
                                turn(call, body.length()).subscribe().with(now -> request.resume(), read::fail);
                            }
                        })
                        .endHandler(end -> read.complete(body.getBytes()))
                        .resume());
    }

    /** The body of a call has been read, so that another one may be. */
    public void leave(RoutingContext call) {
        Visit visit = call.get(KEY);
        if (visit != null) {
            leave(visit);
        }
    }

    private synchronized void enter(Visit visit) {
        visit.call.put(KEY, visit);
        // A call also ends when its client hangs up, be it while it waits.
        visit.call.addEndHandler(end -> leave(visit));
        waiting.add(visit);
        admit();
    }

    private synchronized void leave(Visit visit) {
        vertx.cancelTimer(visit.timer);
        waiting.remove(visit);
        held.remove(visit);
        admit();
    }

    private synchronized void admit() {
        while (held.size() < permits && !waiting.isEmpty()) {
            Visit next = waiting.remove();
            held.add(next);
            vertx.cancelTimer(next.timer);
            next.context.runOnContext(now -> next.turn.complete(null));
        }
    }

    private synchronized void refuse(Visit visit) {
        if (waiting.remove(visit)) {
            visit.turn.fail(new UnavailableException(Problem.OVERLOADED));
        }
    }

    /** A call with a large body. */
    private final class Visit {

        private final RoutingContext call;
        private final UniEmitter<? super Void> turn;
        private final Context context = vertx.getOrCreateContext();
        private final long timer = vertx.setTimer(queueTimeoutMillis, late -> refuse(this));

        Visit(RoutingContext call, UniEmitter<? super Void> turn) {
            this.call = call;
            this.turn = turn;
        }
    }
}
