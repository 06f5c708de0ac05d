package backoffice.call;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The timeout of a call, which ends at the deadline of the call at the latest. It and a client that hangs up end what the
 * client waits for, and never the work, because a connection must not go back to the pool in the middle of a transaction.
 * See docs/adr/0010.
 */
@Singleton
public class CallTimeout {

    private final Vertx vertx;
    private final Duration timeout;

    CallTimeout(Vertx vertx, @ConfigProperty(name = "backoffice.database.call-timeout") Duration timeout) {
        this.vertx = vertx;
        this.timeout = timeout;
    }

    /** Does work, and fails with a {@link TimeoutException} when it takes longer than {@code backoffice.database.call-timeout}. */
    public <T> Uni<T> limit(Supplier<Uni<T>> work) {
        return limit(timeout, work);
    }

    /**
     * Does the same with a shorter time. The timer is one of Vert.x, which releases a cancelled timer at once. A timer of
     * Mutiny would hold each call in memory until its timeout.
     */
    public <T> Uni<T> limit(Duration time, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(result -> {
            Duration left = Duration.ofNanos(Call.endOfWait(time) - System.nanoTime());
            // A refusal at the end of a turn comes first, because it tells the reason.
            long millis = Math.max(0, left.toMillis()) + 1;
            long timer = vertx.setTimer(millis, id -> result.fail(new TimeoutException("no answer within " + time)));
            work.get()
                    .onTermination()
                    .invoke(() -> vertx.cancelTimer(timer))
                    .subscribe()
                    .with(result::complete, result::fail);
        });
    }
}
