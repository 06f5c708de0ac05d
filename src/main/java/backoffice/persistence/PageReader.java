package backoffice.persistence;

import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.persistence.KeysetCursors.Cursor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads pages of lists with Hibernate: near pages from the start of the list, far pages from a keyset cursor. */
@Singleton
public class PageReader {

    /** The largest offset that is counted from the start of the list. PostgreSQL skips so few items quickly. */
    private static final int MAX_OFFSET_FROM_START = 1000;

    private final SqlExecutor sql;
    private final KeysetCursors cursors;

    PageReader(SqlExecutor sql, KeysetCursors cursors) {
        this.sql = sql;
        this.cursors = cursors;
    }

    /**
     * Reads a page.
     *
     * @param mapper makes an item of its columns, which it gets by index
     * @return the page; null when there is no such list
     */
    <T> Uni<Page<T>> read(PageQuery list, PageRange range, Function<IntFunction<Object>, T> mapper) {
        return sql.withSession(
                (String) list.parameters().get(VendorScope.VENDOR),
                () -> Panache.getSession()
                        .chain(session -> list.itemsFromCursor() == null || range.offset() <= MAX_OFFSET_FROM_START
                                ? readFromStart(session, list, range, mapper)
                                : readFromCursor(session, list, range, mapper, cursors.nearest(list, range.offset()))));
    }

    private static <T> Uni<Page<T>> readFromStart(
            Mutiny.Session session, PageQuery list, PageRange range, Function<IntFunction<Object>, T> mapper) {
        Mutiny.SelectionQuery<Object[]> query = createQuery(session, list, list.items(), range.offset(), range.limit());
        if (list.readsInParts()) {
            // Hibernate takes a limit of rows as an int.
            query.setParameter(PageQuery.END, (int) Math.min((long) range.offset() + range.limit(), Integer.MAX_VALUE));
        }
        return query.getSingleResult().map(row -> toPage(row, mapper));
    }

    private <T> Uni<Page<T>> readFromCursor(
            Mutiny.Session session,
            PageQuery list,
            PageRange range,
            Function<IntFunction<Object>, T> mapper,
            Cursor cursor) {
        Mutiny.SelectionQuery<Object[]> query =
                createQuery(session, list, list.itemsFromCursor(), range.offset() - cursor.index(), range.limit());
        for (int i = 0; i < list.keyCount(); i++) {
            query.setParameter("from" + i, cursor.key().get(i));
        }
        return query.getSingleResult().chain(row -> {
            String version = (String) row[list.columnCount()];
            if (cursor.version() != null && !cursor.version().equals(version)) {
                return readFromCursor(session, list, range, mapper, Cursor.start(list));
            }
            int count = itemCount(row);
            if (count > 0) {
                addCursor(list, version, range.offset(), row, 0);
                addCursor(list, version, range.offset() + count - 1, row, count - 1);
            }
            return Uni.createFrom().item(toPage(row, mapper));
        });
    }

    private static Mutiny.SelectionQuery<Object[]> createQuery(
            Mutiny.Session session, PageQuery list, String hql, int offset, int limit) {
        Mutiny.SelectionQuery<Object[]> query = session.createSelectionQuery(hql, Object[].class)
                .setParameter(PageQuery.OFFSET, offset)
                .setParameter(PageQuery.LIMIT, limit);
        list.parameters().forEach(query::setParameter);
        return query;
    }

    private static <T> Page<T> toPage(Object[] row, Function<IntFunction<Object>, T> mapper) {
        Long total = (Long) row[row.length - 1];
        return total == null
                ? null
                : new Page<>(
                        total,
                        IntStream.range(0, itemCount(row))
                                .mapToObj(item -> mapper.apply(column -> value(row, column, item)))
                                .toList());
    }

    private static int itemCount(Object[] row) {
        return row[0] == null ? 0 : ((Object[]) row[0]).length;
    }

    private static Object value(Object[] row, int column, int item) {
        return ((Object[]) row[column])[item];
    }

    private void addCursor(PageQuery list, String version, int index, Object[] row, int item) {
        List<String> key = IntStream.range(0, list.keyCount())
                .mapToObj(column -> Objects.requireNonNullElse((String) value(row, column, item), ""))
                .toList();
        cursors.add(list, new Cursor(index, key, version));
    }
}
