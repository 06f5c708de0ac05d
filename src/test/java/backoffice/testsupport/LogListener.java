package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps the log records of some loggers until it is closed. */
public final class LogListener extends Handler implements AutoCloseable {

    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
    private final List<Logger> loggers;

    public LogListener(String... names) {
        loggers = Stream.of(names).map(Logger::getLogger).toList();
        loggers.forEach(logger -> logger.addHandler(this));
    }

    /** The log records of some loggers, at every level, while the calls run. */
    static List<LogRecord> during(Runnable calls, String... names) {
        LogListener listener = new LogListener(names);
        try (listener) {
            listener.loggers.forEach(logger -> logger.setLevel(Level.ALL));
            calls.run();
        } finally {
            listener.loggers.forEach(logger -> logger.setLevel(null));
        }
        return listener.lines;
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
        loggers.forEach(logger -> logger.removeHandler(this));
    }
}
