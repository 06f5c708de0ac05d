package backoffice.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells how far something is: on a terminal in one line that changes, elsewhere in a line every ten seconds.
 */
final class ProgressPrinter {

    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long interval;
    private String what = "";
    private long start;
    private long doneAtStart;
    private double partAtStart;
    private long last;
    private String shown = "";

    /** Beside what the command itself writes. */
    static ProgressPrinter onStandardError() {
        boolean terminal = System.console() != null;
        return new ProgressPrinter(System.err, terminal, terminal ? BETWEEN_CHANGES : BETWEEN_LINES);
    }

    /** @param interval how much time passes at the least before it tells again how far it is */
    ProgressPrinter(PrintStream out, boolean terminal, Duration interval) {
        this.out = out;
        this.terminal = terminal;
        this.interval = interval.toNanos();
    }

    /**
     * Tells where it is, unless it told a moment ago.
     *
     * @param phase what is being done; another phase has a pace of its own
     * @param done how many are done
     * @param part how much of it is done, 0…1; not a number where nobody knows
     */
    void at(String phase, long done, double part) {
        long now = System.nanoTime();
        if (!phase.equals(what)) {
            what = phase;
            start = now;
            last = now;
            doneAtStart = done;
            partAtStart = part;
        }
        if (now - last >= interval) {
            last = now;
            show(sentence(done, part, (now - start) / 1e9));
        }
    }

    /** Tells something in a line of its own. */
    void line(String sentence) {
        out.println(terminal ? CLEAR_LINE + sentence : sentence);
        if (terminal) {
            out.print(shown);
            out.flush();
        }
    }

    /** Nothing more is told. */
    void end() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        shown = "";
    }

    private void show(String sentence) {
        shown = sentence;
        if (terminal) {
            out.print(CLEAR_LINE + sentence);
            out.flush();
        } else {
            out.println(sentence);
        }
    }

    private String sentence(long done, double part, double seconds) {
        String sentence = String.format(Locale.ROOT, "%,d %s, %,.0f/s", done, what, (done - doneAtStart) / seconds);
        double pace = (part - partAtStart) / seconds;
        return pace > 0 && Double.isFinite(pace)
                ? sentence + String.format(Locale.ROOT, ", %.0f %%, %s left", 100 * part, time((1 - part) / pace))
                : sentence;
    }

    private static String time(double seconds) {
        Duration left = Duration.ofSeconds(Math.round(Math.max(0, seconds)));
        return String.format("%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
    }
}
