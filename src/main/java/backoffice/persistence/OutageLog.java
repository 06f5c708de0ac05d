package backoffice.persistence;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Tells that the database is out of reach: a line a second with one reason, since thousands of calls may fail alike. */
final class OutageLog {

    private static final Logger LOG = Logger.getLogger(SqlExecutor.class);
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(1).toNanos();

    private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - NANOS_BETWEEN_LINES);
    private final AtomicLong untold = new AtomicLong();

    /** Tells of a call that failed, now or with the next line. */
    void report(Throwable failure) {
        untold.incrementAndGet();
        long now = System.nanoTime();
        long last = lastLine.get();
        if (now - last >= NANOS_BETWEEN_LINES && lastLine.compareAndSet(last, now)) {
            LOG.warnf("The database is out of reach or overloaded, for %d calls: %s", untold.getAndSet(0), failure);
        }
    }
}
