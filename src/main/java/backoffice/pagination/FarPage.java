package backoffice.pagination;

import static java.util.Objects.requireNonNullElse;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * A page far from the start of a whole list, which is sorted by name. Three statements in one snapshot find it by the row
 * counts of ranges of names. See docs/adr/0007.
 *
 * @param range HQL that returns the range of names with the item at {@code :offset}: its first name, the number of items
 *     before it, and a name at its end. Each can be null for an empty list
 * @param name HQL that returns the name of the item that comes {@code :skipped} items after the name {@code :first}, and how
 *     many items with the same name are before it; no row when there is no such item up to the name {@code :last}
 * @param page as {@link PagedList#hql}, but counts the offset from the first item with the name {@code :from}
 */
record FarPage(String range, String name, String page) {

    /**
     * @param rows the rows of the list, as HQL from {@code from} on
     * @param name the expression of the name of a row
     */
    static FarPage of(String rows, String name, RowCountHql rowCount, String page) {
        return new FarPage(range(rows, name, rowCount), name(rows, name), page);
    }

    private static String range(String rows, String name, RowCountHql rowCount) {
        return "select max(r.firstName) filter (where r.before <= :offset),"
                + " cast(max(r.before) filter (where r.before <= :offset) as Long),"
                + " coalesce(min(r.firstName) filter (where r.before > :offset), (select max(" + name + ") " + rows
                + "))"
                + " from (" + rowCount.ranges() + ") r";
    }

    /** Names are seldom equal, so a count is seldom needed. */
    private static String name(String rows, String name) {
        return "select n.name, case when (select count(*) " + rows + " and " + name + " = n.name) = 1 then 0"
                + " else :skipped - (select count(*) " + rows + " and " + name + " >= :first and " + name
                + " < n.name) end"
                + " from (select " + name + " as name " + rows + " and " + name + " >= :first and " + name + " <= :last"
                + " order by " + name + " limit 1 offset :skipped) n";
    }

    /**
     * Reads the row of the page that begins at an offset.
     *
     * @param find the first row that HQL finds with these parameters; null when there is none
     * @param onPage the parameters of a page that begins at an offset, in a map of its own
     */
    Uni<Object[]> read(
            int offset,
            BiFunction<String, Map<String, Object>, Uni<Object[]>> find,
            IntFunction<Map<String, Object>> onPage) {
        return find.apply(range, Map.of("offset", (long) offset)).chain(found -> {
            String first = (String) requireNonNullElse(found[0], "");
            String last = (String) requireNonNullElse(found[2], "");
            int skipped = (int) (offset - (Long) requireNonNullElse(found[1], 0L));
            return find.apply(name, Map.of("first", first, "last", last, "skipped", skipped))
                    .chain(start -> {
                        // Past the end of the list, so few items have the last name that the page is empty.
                        Map<String, Object> parameters =
                                onPage.apply(start == null ? skipped : ((Number) start[1]).intValue());
                        parameters.put("from", start == null ? last : start[0]);
                        return find.apply(page, parameters);
                    });
        });
    }
}
