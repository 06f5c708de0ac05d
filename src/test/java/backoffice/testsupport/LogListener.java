package backoffice.testsupport;

import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Passes the log records of a logger to a consumer until it is closed. */
public final class LogListener extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Consumer<LogRecord> lines;

    public LogListener(String logger, Consumer<LogRecord> lines) {
        this.logger = Logger.getLogger(logger);
        this.lines = lines;
        this.logger.addHandler(this);
    }

    /** Passes all log records of some loggers, at every level, to a consumer while the calls run. */
    static void during(Runnable calls, List<String> loggers, Consumer<LogRecord> lines) {
        List<LogListener> listeners =
                loggers.stream().map(logger -> new LogListener(logger, lines)).toList();
        try {
            listeners.forEach(listener -> listener.logger.setLevel(Level.ALL));
            calls.run();
        } finally {
            listeners.forEach(listener -> {
                listener.logger.setLevel(null);
                listener.close();
            });
        }
    }

    @Override
    public void publish(LogRecord line) {
        lines.accept(line);
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
