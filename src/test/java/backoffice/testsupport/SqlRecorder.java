package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts the statements that the service sends; the service logs its own, and Hibernate those of pages. */
public final class SqlRecorder extends Handler {

    private static final List<Logger> SQL =
            List.of(Logger.getLogger("backoffice.database.Database"), Logger.getLogger("org.hibernate.SQL"));

    private final List<String> statements = new CopyOnWriteArrayList<>();

    public void start() {
        SQL.forEach(logger -> {
            logger.setLevel(Level.FINE);
            logger.addHandler(this);
        });
    }

    public void stop() {
        SQL.forEach(logger -> {
            logger.removeHandler(this);
            logger.setLevel(null);
        });
    }

    /** How many statements some calls cost. */
    public int count(Runnable calls) {
        statements.clear();
        calls.run();
        return statements.size();
    }

    @Override
    public void publish(LogRecord entry) {
        statements.add(entry.getMessage());
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
