package backoffice.persistence;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Observes whether the database answers. When it is out of reach, overloaded or silent, the call fails with status 5001
 * (docs/api.md, section 8.3), and the log has the reason. It is silent when the {@link CallTimeout} passes.
 */
@Singleton
public class DatabaseAvailability {

    private static final Logger LOG = Logger.getLogger(DatabaseAvailability.class);
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(1).toNanos();

    private volatile long lastSuccess = System.nanoTime() - Duration.ofDays(1).toNanos();
    private long lastLine = System.nanoTime() - NANOS_BETWEEN_LINES;
    private int unlogged;

    /** Whether a call has succeeded within this time. */
    public boolean hasSucceededWithin(Duration time) {
        return System.nanoTime() - lastSuccess < time.toNanos();
    }

    /** Turns a failure of a call that says that the database is not available into 5001. */
    public <T> Uni<T> report(Uni<T> work) {
        return reportFailures(work).invoke(() -> lastSuccess = System.nanoTime());
    }

    /** As {@link #report}, for statements that say nothing about the calls. */
    <T> Uni<T> reportFailures(Uni<T> work) {
        return work.onFailure(failure -> failure instanceof ApiException refused
                        ? refused.status() == Status.UNAVAILABLE
                        : PostgresErrors.isUnavailability(failure))
                .transform(this::unavailable);
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
