package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.envelope.Language;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what an import does. Prints progress and refusals while it runs, and makes a table at its end. */
final class ImportReport {

    enum Column {
        READ,
        CREATED,
        CHANGED,
        PRESENT,
        REFUSED
    }

    private static final String ROW = "%-12s %13s %13s %13s %13s %13s%n";
    private static final String COUNTS = "%-12s %,13d %,13d %,13d %,13d %,13d%n";

    private final ProgressPrinter progress;
    private final long[][] counts = new long[ItemKind.values().length][Column.values().length];
    private final Map<String, Long> remarks = new TreeMap<>();
    private boolean complete = true;

    ImportReport(ProgressPrinter progress) {
        this.progress = progress;
    }

    synchronized void count(ItemKind kind, Column column, long items) {
        counts[kind.ordinal()][column.ordinal()] += items;
    }

    /**
     * Counts and prints an item that is refused.
     *
     * @param kind null for a line of a file that has no readable item
     */
    synchronized void refuse(ItemKind kind, String title, int status, String reason) {
        if (kind == null) {
            remark("lines without a group or customer");
        } else {
            count(kind, Column.REFUSED, 1);
        }
        complete = false;
        remark("refused with status " + status);
        progress.printLine("refused: %s: %s (%d)".formatted(title, reason, status));
    }

    void refuse(ItemKind kind, String title, ApiException reason) {
        refuse(kind, title, reason.status().number(), Language.EN.sentence(reason));
    }

    /** Counts a member of an item that the API does not have. It is not imported. */
    void unknownMember(ItemKind kind, String member) {
        remark("unknown member " + kind.singular() + "." + Excerpt.of(member) + ", not imported");
    }

    private void remark(String remark) {
        remarks.merge(remark, 1L, Long::sum);
    }

    /** @param total the number of items of the source; null when it is unknown */
    void printProgress(ItemKind kind, Long total) {
        progress.update(kind.plural(), counts[kind.ordinal()][Column.READ.ordinal()], total);
    }

    boolean isComplete() {
        return complete;
    }

    /** The table of counts, with a line for each status of refusals and for each unknown member. */
    String table(boolean dryRun) {
        String would = dryRun ? "would " : "";
        String past = dryRun ? "" : "d";
        StringBuilder table = new StringBuilder(ROW.formatted(
                "", "read", would + "create" + past, would + "change" + past, "already there", "refused"));
        for (ItemKind kind : ItemKind.values()) {
            long[] n = counts[kind.ordinal()];
            table.append(String.format(Locale.ROOT, COUNTS, kind.plural(), n[0], n[1], n[2], n[3], n[4]));
        }
        remarks.forEach((remark, n) -> table.append(String.format(Locale.ROOT, "%s: %,d%n", remark, n)));
        return table.toString();
    }
}
