package backoffice.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints the progress of a command. On a terminal, it overwrites one line. Elsewhere, it prints a line every ten
 * seconds.
 */
final class ProgressPrinter {

    private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long interval;
    private String currentPhase = "";
    private long start;
    private long itemsAtStart;
    private double fractionAtStart;
    private long lastUpdate;
    private String currentLine = "";

    /** Prints to standard error, because commands write their output to standard output. */
    static ProgressPrinter onStandardError() {
        boolean terminal = System.console() != null;
        return new ProgressPrinter(System.err, terminal, terminal ? TERMINAL_INTERVAL : LINE_INTERVAL);
    }

    /**
     * Creates a printer.
     *
     * @param terminal whether the output is a terminal, which can overwrite a line
     * @param interval the least time between two updates
     */
    ProgressPrinter(PrintStream out, boolean terminal, Duration interval) {
        this.out = out;
        this.terminal = terminal;
        this.interval = interval.toNanos();
    }

    /**
     * Prints the progress, unless the interval has not passed yet.
     *
     * @param phase the plural of the items that are processed; the rate of each phase is computed on its own
     * @param items the number of items that are done
     * @param fraction the part of the phase that is done, 0 to 1; NaN when it is unknown
     */
    void update(String phase, long items, double fraction) {
        long now = System.nanoTime();
        if (!phase.equals(currentPhase)) {
            currentPhase = phase;
            start = now;
            lastUpdate = now;
            itemsAtStart = items;
            fractionAtStart = fraction;
        }
        if (now - lastUpdate >= interval) {
            lastUpdate = now;
            show(sentence(items, fraction, (now - start) / 1e9));
        }
    }

    /** Prints a sentence in a line of its own. */
    void printLine(String sentence) {
        out.println(terminal ? CLEAR_LINE + sentence : sentence);
        if (terminal) {
            out.print(currentLine);
            out.flush();
        }
    }

    /** Removes the line of progress from a terminal. */
    void end() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        currentLine = "";
    }

    private void show(String sentence) {
        currentLine = sentence;
        if (terminal) {
            out.print(CLEAR_LINE + sentence);
            out.flush();
        } else {
            out.println(sentence);
        }
    }

    private String sentence(long items, double fraction, double seconds) {
        String sentence =
                String.format(Locale.ROOT, "%,d %s, %,.0f/s", items, currentPhase, (items - itemsAtStart) / seconds);
        double rate = (fraction - fractionAtStart) / seconds;
        return rate > 0 && Double.isFinite(rate)
                ? sentence
                        + String.format(Locale.ROOT, ", %.0f %%, %s left", 100 * fraction, time((1 - fraction) / rate))
                : sentence;
    }

    private static String time(double seconds) {
        Duration left = Duration.ofSeconds(Math.round(Math.max(0, seconds)));
        return String.format("%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
