package backoffice.persistence;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The row that a {@link PageQuery} returns. */
record PageRow(Object[] columns) {

    int size() {
        return columns[0] == null ? 0 : ((Object[]) columns[0]).length;
    }

    /** @param mapper makes an item of its columns, which it gets by index */
    <T> List<T> items(Function<IntFunction<Object>, T> mapper) {
        return IntStream.range(0, size())
                .mapToObj(item -> mapper.apply(column -> value(column, item)))
                .toList();
    }

    /** The first columns of an item, with {@code ""} for a missing value. */
    List<String> key(int columns, int item) {
        return IntStream.range(0, columns)
                .mapToObj(column -> Objects.requireNonNullElse((String) value(column, item), ""))
                .toList();
    }

    /** The version of the list, where the query returns it. */
    String version() {
        return (String) columns[columns.length - 2];
    }

    Long total() {
        return (Long) columns[columns.length - 1];
    }

    PageRow withTotal(long total) {
        Object[] changed = columns.clone();
        changed[columns.length - 1] = total;
        return new PageRow(changed);
    }

    private Object value(int column, int item) {
        return ((Object[]) columns[column])[item];
    }
}
