package backoffice.transport;

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
 * one that waits too long is refused (5001). {@link ConnectionWatch} sees to it that a sender who stalls gives way. Small
 * bodies do not wait. A body that does not tell its length is small until more of it has come.
 */
@Singleton
class LargeBodies {

    private static final String KEY = LargeBodies.class.getName();

    private final Vertx vertx;
    private final long large;
    private final int mostAtOnce;
    private final long patienceMillis;
    private final Queue<Visit> waiting = new ArrayDeque<>();
    private final Set<Visit> held = new HashSet<>();

    LargeBodies(Vertx vertx, TransportLimits limits) {
        this.vertx = vertx;
        this.large = limits.largeBody().asLongValue();
        this.mostAtOnce = limits.largeBodies();
        this.patienceMillis = limits.turn().toMillis();
    }

    /** Comes when a body of so many octets may be read, at once unless it is large. */
    Uni<Void> turn(RoutingContext call, long length) {
        return length > large
                ? Uni.createFrom().emitter(turn -> enter(new Visit(call, turn)))
                : Uni.createFrom().voidItem();
    }

    /**
     * Reads the body of a call that does not tell its length; the turn comes when it turns out to be large.
     *
     * @return the octets; fails with 1005 when they are more than {@link BodyReader#MAX_BYTES}
     */
    Uni<byte[]> read(RoutingContext call) {
        HttpServerRequest request = call.request();
        if (request.isEnded()) {
            return Uni.createFrom().item(new byte[0]);
        }
        Buffer body = Buffer.buffer();
        return Uni.createFrom()
                .emitter(read -> request.handler(part -> {
                            boolean wasLarge = body.length() > large;
                            body.appendBuffer(part);
                            if (body.length() > BodyReader.MAX_BYTES) {
                                request.handler(rest -> {});
                                read.fail(new ApiException(Problem.BODY_TOO_LARGE, BodyReader.MAX_BYTES));
                            } else if (body.length() > large && !wasLarge) {
                                request.pause();
                                turn(call, body.length()).subscribe().with(now -> request.resume(), read::fail);
                            }
                        })
                        .endHandler(end -> read.complete(body.getBytes()))
                        .resume());
    }

    /** The body of a call has been read, so that another one may be. */
    void leave(RoutingContext call) {
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
        while (held.size() < mostAtOnce && !waiting.isEmpty()) {
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
        private final long timer = vertx.setTimer(patienceMillis, late -> refuse(this));

        Visit(RoutingContext call, UniEmitter<? super Void> turn) {
            this.call = call;
            this.turn = turn;
        }
    }
}
