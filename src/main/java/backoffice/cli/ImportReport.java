package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.Language;
import backoffice.envelope.Status;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what an import does. Prints progress and refusals while it runs, and makes a table at its end. */
final class ImportReport {

    private static final String ROW = "%-12s %13s %13s %13s %13s%n";

    private final ProgressPrinter progress;
    private final Map<ItemKind, Count> counts = new EnumMap<>(ItemKind.class);
    private final Map<Status, Long> refusals = new EnumMap<>(Status.class);
    private final Map<String, Long> unknownMembers = new TreeMap<>();
    private long unreadableLines;

    private static final class Count {
        private long read;
        private long created;
        private long present;
        private long refused;
    }

    /**
     * Creates an empty report.
     *
     * @param progress prints progress, refusals and notes
     */
    ImportReport(ProgressPrinter progress) {
        this.progress = progress;
        for (ItemKind kind : ItemKind.values()) {
            counts.put(kind, new Count());
        }
    }

    void read(ItemKind kind, long items) {
        counts.get(kind).read += items;
    }

    void created(ItemKind kind, long items) {
        counts.get(kind).created += items;
    }

    void present(ItemKind kind, long items) {
        counts.get(kind).present += items;
    }

    /** Counts and prints an item that is refused. */
    void refuse(ItemKind kind, String title, ApiException reason) {
        counts.get(kind).refused++;
        printRefusal(title, reason);
    }

    /**
     * Counts and prints a line of the source that has no readable item.
     *
     * @param place where the line is
     */
    void refuse(String place, ApiException reason) {
        unreadableLines++;
        printRefusal(place, reason);
    }

    private void printRefusal(String title, ApiException reason) {
        refusals.merge(reason.status(), 1L, Long::sum);
        progress.printLine("refused: %s: %s (%d)"
                .formatted(
                        title,
                        FailureResponses.sentence(reason, Language.EN),
                        reason.status().number()));
    }

    /** Counts a member of an item that the API does not have. It is not imported. */
    void unknownMember(ItemKind kind, String member) {
        unknownMembers.merge(kind.singular() + "." + Excerpt.of(member), 1L, Long::sum);
    }

    /** Prints a sentence about the source. */
    void note(String sentence) {
        progress.printLine(sentence);
    }

    /**
     * Prints the progress.
     *
     * @param fraction as in {@link ImportSink#take}
     */
    void progress(ItemKind kind, double fraction) {
        progress.update(kind.plural(), counts.get(kind).read, fraction);
    }

    /** Whether nothing was refused. */
    boolean isComplete() {
        return refusals.isEmpty();
    }

    /** The table of counts, with a line for each status of refusals and for each unknown member. */
    String table(boolean dryRun) {
        StringBuilder table = new StringBuilder();
        table.append(ROW.formatted("", "read", dryRun ? "would create" : "created", "already there", "refused"));
        counts.forEach((kind, count) -> table.append(ROW.formatted(
                kind.plural(),
                number(count.read),
                number(count.created),
                number(count.present),
                number(count.refused))));
        if (unreadableLines > 0) {
            table.append("lines without a group or customer: %s%n".formatted(number(unreadableLines)));
        }
        refusals.forEach((status, times) ->
                table.append("refused with status %d: %s%n".formatted(status.number(), number(times))));
        unknownMembers.forEach((member, times) ->
                table.append("unknown member %s, not imported: %s%n".formatted(member, number(times))));
        return table.toString();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
