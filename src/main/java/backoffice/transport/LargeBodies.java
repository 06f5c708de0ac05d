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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Large bodies take many times their size in memory while they are read, so a few are held at once. The others take turns,
 * not a byte of them read before; whoever waits too long is refused (5001), and whoever sends too slowly loses the
 * connection. Small bodies do not wait.
 */
@Singleton
class LargeBodies {

    /** In bytes; a body that does not tell its length may be large. */
    private static final int LARGE = 64 * 1024;

    private static final int MOST_AT_ONCE = 4;
    private static final Duration PATIENCE_FOR_A_TURN = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_A_SENDER = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Queue<Visit> waiting = new ArrayDeque<>();
    private final Set<Visit> held = new HashSet<>();

    LargeBodies(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Comes when the call may be read, at once unless its body is large. */
    Uni<Void> turn(RoutingContext call) {
        return isLarge(call.request())
                ? Uni.createFrom().emitter(turn -> enter(new Visit(call, turn)))
                : Uni.createFrom().voidItem();
    }

    private static boolean isLarge(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : Long.parseLong(length) > LARGE;
    }

    private synchronized void enter(Visit visit) {
        // A call also ends when its client hangs up, be it while it waits.
        visit.call.addEndHandler(end -> leave(visit));
        visit.limit(PATIENCE_FOR_A_TURN, this::refuse);
        waiting.add(visit);
        admit();
    }

    private synchronized void leave(Visit visit) {
        visit.unlimit();
        waiting.remove(visit);
        held.remove(visit);
        admit();
    }

    private synchronized void admit() {
        while (held.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
            Visit next = waiting.remove();
            held.add(next);
            next.limit(PATIENCE_WITH_A_SENDER, LargeBodies::hangUp);
            next.context.runOnContext(now -> next.turn.complete(null));
        }
    }

    private synchronized void refuse(Visit visit) {
        if (waiting.remove(visit)) {
            visit.turn.fail(new ApiException(Problem.OVERLOADED));
        }
    }

    private static void hangUp(Visit visit) {
        if (!visit.call.request().isEnded()) {
            visit.call.request().connection().close();
        }
    }

    /** A call with a large body. */
    private final class Visit {

        private final RoutingContext call;
        private final UniEmitter<? super Void> turn;
        private final Context context = vertx.getOrCreateContext();
        private long timer;

        Visit(RoutingContext call, UniEmitter<? super Void> turn) {
            this.call = call;
            this.turn = turn;
        }

        /** In place of the limit before; what the timer holds is let go with it. */
        void limit(Duration patience, Consumer<Visit> end) {
            unlimit();
            timer = vertx.setTimer(patience.toMillis(), late -> end.accept(this));
        }

        void unlimit() {
            vertx.cancelTimer(timer);
        }
    }
}
