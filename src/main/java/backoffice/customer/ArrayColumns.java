package backoffice.customer;

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns that a statement writes for many rows, each column with one array as its parameter. So the text of the
 * statement does not depend on the number of rows (see docs/adr/0012). The columns number their parameters themselves.
 *
 * @param <R> what the values of a row come from
 */
final class ArrayColumns<R> {

    /**
     * @param type the SQL type of the array
     * @param array creates the Java array that the PostgreSQL client sends as that type
     */
    private record Column<R>(String name, String type, Function<R, ?> value, IntFunction<Object[]> array) {

        Object[] values(Collection<R> rows) {
            return rows.stream().map(value).toArray(array);
        }
    }

    private final List<Column<R>> columns;

    private ArrayColumns(List<Column<R>> columns) {
        this.columns = columns;
    }

    /** Creates a column of texts. A value may be null, as in all columns. */
    static <R> ArrayColumns<R> text(String name, Function<R, String> value) {
        return column(name, "text[]", value, String[]::new);
    }

    /** Creates a column of 64-bit integers. */
    static <R> ArrayColumns<R> bigint(String name, Function<R, Long> value) {
        return column(name, "bigint[]", value, Long[]::new);
    }

    /** Creates a column of times without a time zone. */
    static <R> ArrayColumns<R> timestamp(String name, Function<R, LocalDateTime> value) {
        return column(name, "timestamp[]", value, LocalDateTime[]::new);
    }

    private static <R> ArrayColumns<R> column(
            String name, String type, Function<R, ?> value, IntFunction<Object[]> array) {
        return new ArrayColumns<>(List.of(new Column<>(name, type, value, array)));
    }

    /** Returns these columns and then others. */
    ArrayColumns<R> and(ArrayColumns<R> others) {
        return new ArrayColumns<>(
                Stream.concat(columns.stream(), others.columns.stream()).toList());
    }

    /** The names of the columns, separated by commas. */
    String names() {
        return each(name -> name);
    }

    /** An SQL item for the name of each column, separated by commas. */
    String each(Function<String, String> item) {
        return columns.stream().map(Column::name).map(item).collect(Collectors.joining(", "));
    }

    /**
     * The rows as a table for {@code from}, such as {@code unnest(cast($2 as text[])) as r (name)}.
     *
     * @param alias the name of the table
     * @param firstParameter the number of the first parameter; the others follow
     */
    String unnest(String alias, int firstParameter) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "cast($" + (firstParameter + i) + " as "
                        + columns.get(i).type() + ")")
                .collect(Collectors.joining(", ", "unnest(", ") as " + alias + " (" + names() + ")"));
    }

    /** The parameters of {@link #unnest}: the array of each column, with the values of the rows in their order. */
    Object[] arrays(Collection<R> rows) {
        return columns.stream().map(column -> column.values(rows)).toArray();
    }
}
