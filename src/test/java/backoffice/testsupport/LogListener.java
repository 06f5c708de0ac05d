package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps the log records of a logger until it is closed. */
public final class LogListener extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<LogRecord> lines;

    public LogListener(String logger) {
        this(logger, new CopyOnWriteArrayList<>());
    }

    private LogListener(String logger, List<LogRecord> lines) {
        this.logger = Logger.getLogger(logger);
        this.lines = lines;
        this.logger.addHandler(this);
    }

    /** The log records of some loggers, at every level, while the calls run. */
    static List<LogRecord> during(Runnable calls, String... loggers) {
        List<LogRecord> lines = new CopyOnWriteArrayList<>();
        List<LogListener> listeners =
                Stream.of(loggers).map(logger -> new LogListener(logger, lines)).toList();
        try {
            listeners.forEach(listener -> listener.logger.setLevel(Level.ALL));
            calls.run();
        } finally {
            listeners.forEach(listener -> {
                listener.logger.setLevel(null);
                listener.close();
            });
        }
        return lines;
    }

    /** The messages of this level and of those above it, in their order. */
    public List<String> messages(Level least) {
        return messages(line -> line.getLevel().intValue() >= least.intValue());
    }

    public List<String> messages(Predicate<LogRecord> wanted) {
        return lines.stream()
                .filter(wanted)
                .map(line -> line.getMessage().formatted(line.getParameters()))
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line);
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
