package backoffice.persistence;

import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.persistence.KeysetCursors.Anchor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads pages of lists. */
@Singleton
public class PageReader {

    /** How many items are passed over in less time than it takes to know better. */
    private static final int NEAR = 1000;

    private final SqlExecutor sql;
    private final KeysetCursors cursors;

    PageReader(SqlExecutor sql, KeysetCursors cursors) {
        this.sql = sql;
        this.cursors = cursors;
    }

    /**
     * Reads a page.
     *
     * @param item makes an item of its columns
     * @return the page; null when there is no such list
     */
    <T> Uni<Page<T>> read(PageQuery list, PageRange page, Function<IntFunction<Object>, T> item) {
        return sql.withSession(() -> Panache.getSession()
                .chain(session -> list.onward() == null || page.offset() <= NEAR
                        ? near(session, list, page, item)
                        : far(session, list, page, item, cursors.before(list, page.offset()))));
    }

    private static <T> Uni<Page<T>> near(
            Mutiny.Session session, PageQuery list, PageRange page, Function<IntFunction<Object>, T> item) {
        Mutiny.SelectionQuery<Object[]> query = select(session, list, list.items(), page.offset(), page.limit());
        if (list.inParts()) {
            // Hibernate counts rows in int.
            query.setParameter(PageQuery.END, (int) Math.min((long) page.offset() + page.limit(), Integer.MAX_VALUE));
        }
        return query.getSingleResult().map(row -> page(row, item));
    }

    private <T> Uni<Page<T>> far(
            Mutiny.Session session,
            PageQuery list,
            PageRange page,
            Function<IntFunction<Object>, T> item,
            Anchor from) {
        Mutiny.SelectionQuery<Object[]> query =
                select(session, list, list.onward(), page.offset() - from.index(), page.limit());
        for (int i = 0; i < list.keys(); i++) {
            query.setParameter("from" + i, from.key().get(i));
        }
        return query.getSingleResult().chain(row -> {
            String version = (String) row[list.columns()];
            if (from.version() != null && !from.version().equals(version)) {
                return far(session, list, page, item, Anchor.start(list));
            }
            int length = length(row);
            if (length > 0) {
                remember(list, version, page.offset(), row, 0);
                remember(list, version, page.offset() + length - 1, row, length - 1);
            }
            return Uni.createFrom().item(page(row, item));
        });
    }

    private static Mutiny.SelectionQuery<Object[]> select(
            Mutiny.Session session, PageQuery list, String hql, int offset, int limit) {
        Mutiny.SelectionQuery<Object[]> query = session.createSelectionQuery(hql, Object[].class)
                .setParameter(PageQuery.OFFSET, offset)
                .setParameter(PageQuery.LIMIT, limit);
        list.parameters().forEach(query::setParameter);
        return query;
    }

    private static <T> Page<T> page(Object[] row, Function<IntFunction<Object>, T> item) {
        Long total = (Long) row[row.length - 1];
        return total == null
                ? null
                : new Page<>(
                        total,
                        IntStream.range(0, length(row))
                                .mapToObj(i -> item.apply(column -> value(row, column, i)))
                                .toList());
    }

    private static int length(Object[] row) {
        return row[0] == null ? 0 : ((Object[]) row[0]).length;
    }

    private static Object value(Object[] row, int column, int item) {
        return ((Object[]) row[column])[item];
    }

    private void remember(PageQuery list, String version, int index, Object[] row, int item) {
        List<String> key = IntStream.range(0, list.keys())
                .mapToObj(column -> Objects.requireNonNullElse((String) value(row, column, item), ""))
                .toList();
        cursors.remember(list, new Anchor(index, key, version));
    }
}
