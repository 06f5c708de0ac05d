package backoffice.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints sentences for the user of a command, and its progress each few seconds. */
final class ProgressPrinter {

    private final PrintWriter out;
    private final long interval;
    private long lastUpdate = System.nanoTime();

    /** @param interval the least time between two lines of progress */
    ProgressPrinter(PrintWriter out, Duration interval) {
        this.out = out;
        this.interval = interval.toNanos();
    }

    void printLine(String sentence) {
        out.println(sentence);
    }

    /**
     * Prints the progress, unless the interval has not passed yet.
     *
     * @param total the number of all items; null when it is unknown
     */
    void update(String plural, long items, Long total) {
        long now = System.nanoTime();
        if (now - lastUpdate >= interval) {
            lastUpdate = now;
            String of = total == null ? "" : String.format(Locale.ROOT, " of %,d", total);
            printLine(String.format(Locale.ROOT, "%,d%s %s", items, of, plural));
        }
    }
}
