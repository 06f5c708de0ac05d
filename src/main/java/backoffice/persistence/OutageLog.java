package backoffice.persistence;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Logs that the database is out of reach: at most one line a second, with one reason and the number of calls that
 * failed since the line before. Thousands of calls may fail for the same reason.
 */
final class OutageLog {

    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(1).toNanos();

    private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - NANOS_BETWEEN_LINES);
    private final AtomicLong unloggedCalls = new AtomicLong();

    /** Counts a call that failed, and logs it now or with the next line. */
    void report(Throwable failure) {
        unloggedCalls.incrementAndGet();
        long now = System.nanoTime();
        long last = lastLine.get();
        if (now - last >= NANOS_BETWEEN_LINES && lastLine.compareAndSet(last, now)) {
            long calls = unloggedCalls.getAndSet(0);
            LOG.warnf("The database is out of reach or overloaded, for %d calls: %s", calls, failure);
        }
    }
}
