package backoffice.transport;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Large bodies take many times their size in memory while they are read, so a few are held at once. The others take turns,
 * not a byte of them read before; whoever waits too long is refused (5001). {@link ConnectionWatch} sees to it that a sender who stalls
 * gives way. Small bodies do not wait.
 */
@Singleton
class LargeBodies {

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

    /** Comes when the call may be read, at once unless its body is large. */
    Uni<Void> turn(RoutingContext call) {
        return isLarge(call.request())
                ? Uni.createFrom().emitter(turn -> enter(new Visit(call, turn)))
                : Uni.createFrom().voidItem();
    }

    private boolean isLarge(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : Long.parseLong(length) > large;
    }

    private synchronized void enter(Visit visit) {
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
            visit.turn.fail(new ApiException(Problem.OVERLOADED));
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
