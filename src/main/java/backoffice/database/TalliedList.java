package backoffice.database;

import backoffice.search.Hql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list that clients page through, as a whole or what a search finds of it. */
public final class TalliedList {

    /**
     * Rows that may have a parent, by it.
     *
     * @param without those that have none, as {@code rows} of a list is
     * @param with those that have one, each parent's in their order: a format with the condition of a search and the order
     *     among the rows of a parent
     */
    public record ByParent(String without, String with) {}

    private final List<String> columns;
    private final int keys;
    private final String rows;
    private final ByParent byParent;
    private final String length;
    private final Hql whole;
    private final String page;
    private final String onwardPage;

    /**
     * @param columns what is selected of each item, first what the whole is ordered by
     * @param keys by how many columns that is
     * @param rows what is searched, from {@code from} on, with a condition that names {@code :vendor}
     * @param byParent the same rows by their parents; null where no search is in parts
     * @param length selects how long the whole is, and nothing where there is no such list
     * @param version selects a text that no other state of the whole has
     * @param whole the search that finds the whole, in its order
     * @param onward a condition for the item whose first columns are {@code :from0} and so on, and for all that follow it
     *     in the whole; true for all of them when these are empty
     */
    public TalliedList(
            List<String> columns,
            int keys,
            String rows,
            ByParent byParent,
            String length,
            String version,
            Hql whole,
            String onward) {
        this.columns = columns;
        this.keys = keys;
        this.rows = rows;
        this.byParent = byParent;
        this.length = length;
        this.whole = whole;
        page = page(inOrder(rows, whole.orderBy()), length);
        onwardPage = page(inOrder(rows + " and " + onward, whole.orderBy()), version, length);
    }

    /** @param parameters what the named parameters of the list stand for, those of the search aside */
    public PageStatement find(Map<String, Object> parameters, Hql search) {
        return search.equals(whole)
                ? new PageStatement(page, onwardPage, columns.size(), keys, parameters)
                : search(parameters, search);
    }

    private PageStatement search(Map<String, Object> parameters, Hql search) {
        Map<String, Object> all = new HashMap<>(search.parameters());
        all.putAll(parameters);
        String found = rows + " and " + search.where();
        String total = search.where().equals(whole.where()) ? length : "select count(*) " + found;
        String items =
                search.parts().isEmpty() ? inOrder(found, search.orderBy()) : inParts(search.where(), search.parts());
        return new PageStatement(page(items, total), null, columns.size(), keys, all);
    }

    /**
     * One row for the whole page, each column an array: what is spent on a row is spent once. PostgreSQL aggregates rows
     * in the order in which a subquery gives them.
     */
    private String page(String items, String... more) {
        return Stream.of(more)
                .map(scalar -> ", (" + scalar + ")")
                .collect(Collectors.joining(
                        "",
                        "select " + numbered(i -> HqlFunctions.ARRAY_OF + "(page.c" + i + ")"),
                        " from (" + items + " limit :" + PageStatement.LIMIT + " offset :" + PageStatement.OFFSET
                                + ") page"));
    }

    private String inOrder(String found, String orderBy) {
        return "select " + named() + " " + found + " order by " + orderBy;
    }

    private String inParts(String where, List<Hql.Part> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> "(select " + named() + ", " + i + " as part, row_number() over (order by "
                        + parts.get(i).orderBy() + ") as place " + rows(where, parts.get(i)) + " order by "
                        + parts.get(i).orderBy() + " limit :" + PageStatement.END + ")")
                .collect(Collectors.joining(
                        " union all ",
                        "select " + numbered(i -> "x.c" + i + " as c" + i) + " from (",
                        ") x order by x.part, x.place"));
    }

    private String rows(String where, Hql.Part part) {
        return part.among() == null
                ? byParent.without() + " and " + where
                : byParent.with().formatted(where, part.among());
    }

    private String named() {
        return numbered(i -> columns.get(i) + " as c" + i);
    }

    private String numbered(IntFunction<String> item) {
        return IntStream.range(0, columns.size()).mapToObj(item).collect(Collectors.joining(", "));
    }
}
