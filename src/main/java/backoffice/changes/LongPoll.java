package backoffice.changes;

import backoffice.observability.CallLog;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A call that waits for news. It reads again up to once a second, and has no database connection in between.
 *
 * <p>When it begins to wait, it sends the head of the response, and then a blank line every five seconds. JSON allows
 * white space, and a proxy or the service itself would close a connection that is silent for long.
 */
final class LongPoll {

    private static final long MAX_PAUSE_MILLIS = 1000;
    private static final long SIGN_OF_LIFE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Vertx vertx;
    private final RoutingContext call;
    private final long deadline;
    private final Supplier<Uni<Boolean>> mayWait;
    private long pauseMillis = 64;
    private long lastWrite;

    /** @param mayWait whether the call may read again; otherwise it ends early, without rows */
    LongPoll(Vertx vertx, RoutingContext call, int seconds, Supplier<Uni<Boolean>> mayWait) {
        this.vertx = vertx;
        this.call = call;
        this.deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        this.mayWait = mayWait;
    }

    /** Reads until there are rows, the time is over, or the client has gone. */
    <T> Uni<List<T>> untilNotEmpty(Supplier<Uni<List<T>>> read) {
        return read.get().chain(rows -> {
            long remainingMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (!rows.isEmpty() || remainingMillis <= 0 || call.response().closed()) {
                return Uni.createFrom().item(rows);
            }
            CallLog.of(call).recordWait();
            giveSignOfLife();
            pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
            return UniHelper.toUni(vertx.timer(Math.min(pauseMillis, remainingMillis)))
                    .chain(mayWait::get)
                    .chain(may -> may ? untilNotEmpty(read) : Uni.createFrom().item(List.of()));
        });
    }

    private void giveSignOfLife() {
        if (!call.response().headWritten()) {
            ChangeRoutes.prepare(call);
            call.response().setChunked(true).write("\n");
            lastWrite = System.nanoTime();
        } else if (System.nanoTime() - lastWrite > SIGN_OF_LIFE_NANOS) {
            call.response().write("\n");
            lastWrite = System.nanoTime();
        }
    }
}
