package backoffice.persistence;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import backoffice.value.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Observes whether the database answers. When it is out of reach, overloaded or silent, the call fails with status 5001
 * (docs/api.md, section 8.3), and the log has the reason. It is silent when the call timeout passes. That ends what the
 * client waits for, and never the work. See docs/adr/0010.
 */
@Singleton
public class Outages {

    private static final Logger LOG = Logger.getLogger(Outages.class);
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(1).toNanos();

    private final Vertx vertx;
    private final Duration callTimeout;
    private volatile long lastSuccess = System.nanoTime() - Duration.ofDays(1).toNanos();
    private long lastLine = System.nanoTime() - NANOS_BETWEEN_LINES;
    private int unlogged;

    Outages(Vertx vertx, @ConfigProperty(name = "backoffice.database.call-timeout") Duration callTimeout) {
        this.vertx = vertx;
        this.callTimeout = callTimeout;
    }

    /** Whether a call has succeeded within this time. */
    public boolean hasSucceededWithin(Duration time) {
        return System.nanoTime() - lastSuccess < time.toNanos();
    }

    /** Executes the work of a call, and turns what says that the database is not available into 5001. */
    public <T> Uni<T> report(Supplier<Uni<T>> work) {
        return reportFailures(work).invoke(() -> lastSuccess = System.nanoTime());
    }

    /** As {@link #report}, for statements that say nothing about the calls. */
    <T> Uni<T> reportFailures(Supplier<Uni<T>> work) {
        return limit(vertx, callTimeout, work)
                .onFailure(failure -> failure instanceof ApiException refused
                        ? refused.status() == Status.UNAVAILABLE
                        : PostgresErrors.isUnavailability(failure))
                .transform(this::unavailable);
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

    /** Thousands of calls may fail for one reason, so one line a second has the number of calls, and the last reason. */
    private synchronized ApiException unavailable(Throwable failure) {
        ApiException refusal = failure instanceof ApiException refused
                ? refused
                : new ApiException(Problem.DATABASE_UNAVAILABLE, failure);
        if (refusal.getCause() == null) {
            // Its client has hung up, so nothing is refused.
            return refusal;
        }
        unlogged++;
        if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
            String reason = PostgresErrors.reason(failure);
            if (refusal.problem() == Problem.DATABASE_UNAVAILABLE) {
                LOG.warnf("The database is out of reach or overloaded, for %d calls: %s.", unlogged, reason);
            } else {
                LOG.warnf("A share or the memory is used up, for %d calls: %s.", unlogged, reason);
            }
            lastLine = System.nanoTime();
            unlogged = 0;
        }
        return refusal;
    }
}
