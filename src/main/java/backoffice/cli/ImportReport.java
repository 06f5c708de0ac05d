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

/** What an import has come to; who watches is told on the way, and at the end. */
final class ImportReport {

    private static final String ROW = "%-12s %13s %13s %13s %13s%n";

    private final ProgressPrinter progress;
    private final Map<ItemKind, Count> counts = new EnumMap<>(ItemKind.class);
    private final Map<Status, Long> reasons = new EnumMap<>(Status.class);
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long unreadable;

    private static final class Count {
        private long read;
        private long created;
        private long present;
        private long refused;
    }

    /** @param progress where it is told how far it is, and what is refused */
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

    /** An item that is not taken. */
    void refuse(ItemKind kind, String title, ApiException reason) {
        counts.get(kind).refused++;
        tell(title, reason);
    }

    /** What is not even an item. */
    void refuse(String place, ApiException reason) {
        unreadable++;
        tell(place, reason);
    }

    private void tell(String title, ApiException reason) {
        reasons.merge(reason.status(), 1L, Long::sum);
        progress.line("refused: %s: %s (%d)"
                .formatted(
                        title,
                        FailureResponses.sentence(reason, Language.EN),
                        reason.status().number()));
    }

    /** A member of an item that is not kept here. */
    void leftOut(ItemKind kind, String member) {
        leftOut.merge(kind.word() + "." + Excerpt.of(member), 1L, Long::sum);
    }

    void note(String sentence) {
        progress.line(sentence);
    }

    /** How far it is, as {@link ImportSink#take} tells. */
    void progress(ItemKind kind, double done) {
        progress.at(kind.word() + "s", counts.get(kind).read, done);
    }

    /** Whether all that was read is here now. */
    boolean isComplete() {
        return reasons.isEmpty();
    }

    /** The table at the end. */
    String table(boolean rehearsal) {
        StringBuilder table = new StringBuilder();
        table.append(ROW.formatted("", "read", rehearsal ? "would create" : "created", "already there", "refused"));
        counts.forEach((kind, count) -> table.append(ROW.formatted(
                kind.word() + "s",
                number(count.read),
                number(count.created),
                number(count.present),
                number(count.refused))));
        if (unreadable > 0) {
            table.append("lines that are neither: %s%n".formatted(number(unreadable)));
        }
        reasons.forEach((status, times) ->
                table.append("refused with status %d: %s%n".formatted(status.number(), number(times))));
        leftOut.forEach(
                (member, times) -> table.append("not kept here: %s, which %s had%n".formatted(member, number(times))));
        return table.toString();
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
