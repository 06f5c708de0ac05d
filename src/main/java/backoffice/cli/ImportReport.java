package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what an import does. Prints progress and refusals while it runs, and makes a table at its end. */
final class ImportReport {

    /** The columns of the table. */
    enum Column {
        READ,
        CREATED,
        CHANGED,
        PRESENT,
        REFUSED
    }

    private static final String ROW = "%-12s %13s %13s %13s %13s %13s%n";

    private final ProgressPrinter progress;
    private final Map<ItemKind, long[]> counts = new EnumMap<>(ItemKind.class);
    private final Map<Integer, Long> refusals = new TreeMap<>();
    private final Map<String, Long> unknownMembers = new TreeMap<>();
    private long unreadableLines;

    ImportReport(ProgressPrinter progress) {
        this.progress = progress;
        Stream.of(ItemKind.values()).forEach(kind -> counts.put(kind, new long[Column.values().length]));
    }

    synchronized void count(ItemKind kind, Column column, long items) {
        counts.get(kind)[column.ordinal()] += items;
    }

    /**
     * Counts and prints an item that is refused.
     *
     * @param kind null for a line of a file that has no readable item
     */
    synchronized void refuse(ItemKind kind, String title, int status, String reason) {
        if (kind == null) {
            unreadableLines++;
        } else {
            count(kind, Column.REFUSED, 1);
        }
        refusals.merge(status, 1L, Long::sum);
        progress.printLine("refused: %s: %s (%d)".formatted(title, reason, status));
    }

    void refuse(ItemKind kind, String title, ApiException reason) {
        refuse(kind, title, reason.status().number(), ItemKind.sentence(reason));
    }

    /** Counts a member of an item that the API does not have. It is not imported. */
    void unknownMember(ItemKind kind, String member) {
        unknownMembers.merge(kind.singular() + "." + Excerpt.of(member), 1L, Long::sum);
    }

    /** @param total the number of items of the source; null when it is unknown */
    void printProgress(ItemKind kind, Long total) {
        progress.update(kind.plural(), counts.get(kind)[Column.READ.ordinal()], total);
    }

    /** Whether nothing was refused. */
    boolean isComplete() {
        return refusals.isEmpty();
    }

    /** The table of counts, with a line for each status of refusals and for each unknown member. */
    String table(boolean dryRun) {
        StringBuilder table = new StringBuilder(
                dryRun
                        ? ROW.formatted("", "read", "would create", "would change", "already there", "refused")
                        : ROW.formatted("", "read", "created", "changed", "already there", "refused"));
        counts.forEach((kind, n) ->
                table.append(ROW.formatted(kind.plural(), text(n[0]), text(n[1]), text(n[2]), text(n[3]), text(n[4]))));
        if (unreadableLines > 0) {
            table.append("lines without a group or customer: %s%n".formatted(text(unreadableLines)));
        }
        refusals.forEach((status, n) -> table.append("refused with status %d: %s%n".formatted(status, text(n))));
        unknownMembers.forEach(
                (member, n) -> table.append("unknown member %s, not imported: %s%n".formatted(member, text(n))));
        return table.toString();
    }

    private static String text(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
