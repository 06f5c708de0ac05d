package backoffice.openapi;

import java.util.List;
import java.util.stream.Collectors;

/** Writes Markdown tables for the descriptions of the OpenAPI document. */
final class MarkdownTable {

    private MarkdownTable() {}

    /** Returns a table with a header line and a line for each row. */
    static String table(List<String> header, List<List<?>> rows) {
        String separator = "|" + "---|".repeat(header.size());
        return line(header) + "\n" + separator
                + rows.stream().map(row -> "\n" + line(row)).collect(Collectors.joining());
    }

    private static String line(List<?> cells) {
        return cells.stream().map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** Returns words as code, separated by commas. */
    static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
