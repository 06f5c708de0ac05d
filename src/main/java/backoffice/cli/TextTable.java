package backoffice.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of text that has each column as wide as its longest cell. */
public final class TextTable {

    private TextTable() {}

    /**
     * Returns the lines of a table.
     *
     * @param rows the cells of each row; all rows have as many cells as the first one
     */
    public static List<String> lines(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> String.format("%-" + widths[column] + "s", row.get(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }
}
