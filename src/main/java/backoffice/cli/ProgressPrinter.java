package backoffice.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Prints sentences for the user of a command, and its progress each few seconds. */
final class ProgressPrinter {

    private final PrintStream out;
    private final long interval;
    private String currentPhase = "";
    private long start;
    private long itemsAtStart;
    private long lastUpdate;

    /** @param interval the least time between two lines of progress */
    ProgressPrinter(PrintStream out, Duration interval) {
        this.out = out;
        this.interval = interval.toNanos();
    }

    void printLine(String sentence) {
        out.println(sentence);
    }

    /**
     * Prints the progress, unless the interval has not passed yet.
     *
     * @param phase the plural of the items that are processed; the rate of each phase is computed on its own
     * @param items the number of items that are done
     * @param total the number of all items; null when it is unknown
     */
    void update(String phase, long items, Long total) {
        long now = System.nanoTime();
        if (!phase.equals(currentPhase)) {
            currentPhase = phase;
            start = now;
            lastUpdate = now;
            itemsAtStart = items;
        }
        if (now - lastUpdate >= interval) {
            lastUpdate = now;
            String of = total == null ? "" : String.format(Locale.ROOT, " of %,d", total);
            double rate = (items - itemsAtStart) / ((now - start) / 1e9);
            printLine(String.format(Locale.ROOT, "%,d%s %s, %,.0f/s", items, of, phase, rate));
        }
    }
}
