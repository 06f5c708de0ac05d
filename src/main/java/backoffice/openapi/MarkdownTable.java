package backoffice.openapi;

import java.util.List;
import java.util.stream.Collectors;

/** Tables in the descriptions of the document. */
final class MarkdownTable {

    private MarkdownTable() {}

    /** A table: its head, and a line for each row. */
    static String table(List<String> head, List<List<?>> rows) {
        String rule = "|" + "---|".repeat(head.size());
        return line(head) + "\n" + rule
                + rows.stream().map(row -> "\n" + line(row)).collect(Collectors.joining());
    }

    private static String line(List<?> cells) {
        return cells.stream().map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |"));
    }

    static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
