package backoffice.database;

import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.search.Hql;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A page and its total in one statement, and so of one snapshot.
 *
 * @param items selects the items in order, with the total as the last column
 * @param total selects the total alone, and nothing where there is no such list
 * @param parameters what the named parameters of both stand for
 * @param inParts whether the items are of parts of the list, each up to the parameter {@code end}
 */
public record PageStatement(String items, String total, Map<String, Object> parameters, boolean inParts) {

    public PageStatement(String items, String total, Map<String, Object> parameters) {
        this(items, total, parameters, false);
    }

    /**
     * Of what a search finds.
     *
     * @param columns what is selected of each item
     * @param rows what is searched, from {@code from} on, with a condition that names {@code :vendor}
     */
    public static PageStatement of(List<String> columns, String rows, String vendor, Hql search) {
        Map<String, Object> parameters = new HashMap<>(search.parameters());
        parameters.put("vendor", vendor);
        String found = rows + " and " + search.where();
        String total = "select count(*) " + found;
        String items = search.parts().isEmpty()
                ? whole(columns, total, found, search.orderBy())
                : parts(columns, total, found, search.parts());
        return new PageStatement(items, total, parameters, !search.parts().isEmpty());
    }

    private static String whole(List<String> columns, String total, String found, String orderBy) {
        return "select " + String.join(", ", columns) + ", (" + total + ") " + found + " order by " + orderBy;
    }

    private static String parts(List<String> columns, String total, String found, List<Hql.Part> parts) {
        String aliases = numbered(columns.size(), i -> "x.c" + i);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> "(select " + numbered(columns.size(), c -> columns.get(c) + " as c" + c) + ", " + i
                        + " as part, row_number() over (order by "
                        + parts.get(i).orderBy() + ") as place " + found
                        + " and " + parts.get(i).where() + " order by "
                        + parts.get(i).orderBy() + " limit :end)")
                .collect(Collectors.joining(
                        " union all ",
                        "select " + aliases + ", (" + total + ") from (",
                        ") x order by x.part, x.place"));
    }

    private static String numbered(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(", "));
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
        if (inParts) {
            // Hibernate counts rows in int.
            query.setParameter("end", (int) Math.min((long) page.offset() + page.limit(), Integer.MAX_VALUE));
        }
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
