package backoffice.persistence;

import backoffice.value.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The timeout of a call. It ends what the client waits for, and never the work. See docs/adr/0010. */
@Singleton
public class CallTimeout {

    private final Vertx vertx;
    private final Duration timeout;

    CallTimeout(Vertx vertx, DatabaseSettings settings) {
        this.vertx = vertx;
        this.timeout = settings.callTimeout();
    }

    /** Fails after {@code backoffice.database.call-timeout}, as {@link #limit(Vertx, Duration, Supplier)}. */
    public <T> Uni<T> limit(Supplier<Uni<T>> work) {
        return limit(vertx, timeout, work);
    }

    /**
     * Fails after a time, and at the deadline of the call at the latest. That and a client that hangs up never end the
     * work, because a connection must not go back to the pool in the middle of a transaction.
     *
     * <p>The timer is one of Vert.x, which releases a cancelled timer at once. A timer of Mutiny would hold each call
     * in memory until its timeout.
     */
    public static <T> Uni<T> limit(Vertx vertx, Duration timeout, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(result -> {
            Duration left = Duration.ofNanos(Call.endOfWait(timeout) - System.nanoTime());
            // A refusal at the end of a turn comes first, because it tells the reason.
            long millis = Math.max(0, left.toMillis()) + 1;
            long timer = vertx.setTimer(millis, id -> result.fail(new TimeoutException("no answer within " + timeout)));
            work.get()
                    .onTermination()
                    .invoke(() -> vertx.cancelTimer(timer))
                    .subscribe()
                    .with(result::complete, result::fail);
        });
    }

    /** Starts work, or starts it again, unless its call has failed while it waited. */
    static <T> Uni<T> unlessOver(Supplier<Uni<T>> work) {
        return Call.isOver() ? Uni.createFrom().failure(new TimeoutException("its call is over")) : work.get();
    }
}
