package backoffice.database;

import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A page and its total in one statement, and so of one snapshot.
 *
 * @param items selects the items in order, with the total as the last column
 * @param total selects the total alone, and nothing where there is no such list
 * @param parameters what the named parameters of both stand for
 */
public record PageStatement(String items, String total, Map<String, Object> parameters) {

    /**
     * Of all that is found.
     *
     * @param columns what is selected of each item
     * @param found the statement from {@code from} on
     * @param orderBy the items of {@code order by}, a total order
     */
    public static PageStatement of(String columns, String found, String orderBy, Map<String, Object> parameters) {
        String total = "select count(*) " + found;
        return new PageStatement(
                "select " + columns + ", (" + total + ") " + found + " order by " + orderBy, total, parameters);
    }

    /**
     * @param item makes an item of the columns
     * @return the page; null where there is no such list
     */
    public <T> Uni<Page<T>> read(Mutiny.Session session, PageRange page, Function<Object[], T> item) {
        Mutiny.SelectionQuery<Object[]> query = session.createSelectionQuery(items, Object[].class)
                .setFirstResult(page.offset())
                .setMaxResults(page.limit());
        parameters.forEach(query::setParameter);
        return query.getResultList().chain(rows -> rows.isEmpty() ? readEmpty(session, page, item) : found(rows, item));
    }

    private static <T> Uni<Page<T>> found(List<Object[]> rows, Function<Object[], T> item) {
        Object[] first = rows.get(0);
        return Uni.createFrom()
                .item(new Page<>(
                        (Long) first[first.length - 1], rows.stream().map(item).toList()));
    }

    /** Without a row there is no total either; one that reaches beyond the offset is of a later snapshot, with items. */
    private <T> Uni<Page<T>> readEmpty(Mutiny.Session session, PageRange page, Function<Object[], T> item) {
        Mutiny.SelectionQuery<Long> query = session.createSelectionQuery(total, Long.class);
        parameters.forEach(query::setParameter);
        return query.getSingleResultOrNull().chain(count -> {
            if (count == null) {
                return Uni.createFrom().nullItem();
            }
            return count > page.offset()
                    ? read(session, page, item)
                    : Uni.createFrom().item(new Page<>(count, List.of()));
        });
    }
}
