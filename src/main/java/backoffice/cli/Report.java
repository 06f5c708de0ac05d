package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Language;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Prints the progress and the refusals of an import or an export, and counts what it does. */
final class Report {

    private static final long PROGRESS_INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter out;
    private final Map<String, Long> counts = new TreeMap<>();
    private long lastProgress = System.nanoTime();
    private boolean complete = true;

    Report(PrintWriter out) {
        this.out = out;
    }

    void print(String sentence) {
        out.println(sentence);
    }

    /** @param what is true of the items, such as {@code new} */
    void count(String items, String what, long n) {
        if (n > 0) {
            counts.merge(items + " " + what, n, Long::sum);
        }
    }

    /** Counts items that are read, and prints their number every few seconds, with the total where the page has one. */
    void read(ItemKind kind, Page<JsonNode> page) {
        count(kind.plural(), "read", page.items().size());
        long now = System.nanoTime();
        if (now - lastProgress >= PROGRESS_INTERVAL) {
            lastProgress = now;
            long read = counts.getOrDefault(kind.plural() + " read", 0L);
            String progress = page.total() == null ? "%s read: %,d" : "%s read: %,d of %,d";
            print(String.format(Locale.ROOT, progress, kind.plural(), read, page.total()));
        }
    }

    /** Counts and prints an item, or a line of a file, that is refused. */
    void refuse(String items, String title, int status, String reason) {
        complete = false;
        count(items, "refused with status " + status, 1);
        print("refused: %s: %s (%d)".formatted(title, reason, status));
    }

    void refuse(String items, String title, ApiException reason) {
        refuse(items, title, reason.status().number(), Language.EN.sentence(reason));
    }

    /** Whether nothing was refused. */
    boolean isComplete() {
        return complete;
    }

    /** A line for each count that is not zero. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        counts.forEach((line, n) -> lines.append(String.format(Locale.ROOT, "%s: %,d%n", line, n)));
        return lines.toString();
    }
}
