package backoffice.persistence;

import backoffice.search.Hql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list that clients page through, as a whole or what a search finds of it. */
public final class PagedList {

    /**
     * Other ways to the same rows, for rows that are wide and may have a parent.
     *
     * @param byId the rows of a page, unordered: a format with the rows that are found, their order and the page
     * @param without the rows that have no parent, as {@code rows} of a list is
     * @param with the rows that have a parent, each parent's in their order: a format with the condition of a search and
     *     the order among the rows of a parent
     */
    public record Paths(String byId, String without, String with) {}

    private static final String ON_PAGE = " limit :" + PageQuery.LIMIT + " offset :" + PageQuery.OFFSET;

    private final List<String> columns;
    private final int keys;
    private final String rows;
    private final Paths paths;
    private final String length;
    private final Hql whole;
    private final String page;
    private final String onwardPage;

    /**
     * @param columns what is selected of each item, first what the whole is ordered by
     * @param keys by how many columns that is
     * @param rows what is searched, from {@code from} on, with a condition that names {@code :vendor}
     * @param paths other ways to the rows; null where there are none
     * @param length selects how long the whole is, and nothing where there is no such list
     * @param version selects a text that no other state of the whole has
     * @param whole the search that finds the whole, in its order
     * @param onward a condition for the item whose first columns are {@code :from0} and so on, and for all that follow it
     *     in the whole; true for all of them when these are empty
     */
    public PagedList(
            List<String> columns,
            int keys,
            String rows,
            Paths paths,
            String length,
            String version,
            Hql whole,
            String onward) {
        this.columns = columns;
        this.keys = keys;
        this.rows = rows;
        this.paths = paths;
        this.length = length;
        this.whole = whole;
        page = page(inOrder(rows, whole.orderBy()), length);
        onwardPage = page(inOrder(rows + " and " + onward, whole.orderBy()), version, length);
        HqlParserWarmUp.learn(page, onwardPage);
    }

    /** @param parameters what the named parameters of the list stand for, those of the search aside */
    public PageQuery find(Map<String, Object> parameters, Hql search) {
        return search.equals(whole)
                ? new PageQuery(page, onwardPage, columns.size(), keys, parameters)
                : search(parameters, search);
    }

    private PageQuery search(Map<String, Object> parameters, Hql search) {
        Map<String, Object> all = new HashMap<>(search.parameters());
        all.putAll(parameters);
        String found = rows + " and " + search.where();
        String total = search.where().equals(whole.where()) ? length : count(found);
        String items = search.parts().isEmpty()
                ? found(found, search.orderBy())
                : inParts(search.where(), search.parts()) + ON_PAGE;
        return new PageQuery(page(items, total), null, columns.size(), keys, all);
    }

    /** A page that is not full ends the rows that are found, so they need not be counted. */
    private static String count(String found) {
        return "case when count(*) < :%1$s and (count(*) > 0 or :%2$s = 0) then count(*) + :%2$s"
                        .formatted(PageQuery.LIMIT, PageQuery.OFFSET)
                + " else (select count(*) " + found + ") end";
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
                        "select " + numbered(i -> HqlFunctionContributor.ARRAY_OF + "(page.c" + i + ")"),
                        " from (" + items + ") page"));
    }

    private String inOrder(String found, String orderBy) {
        return "select " + named() + " " + found + " order by " + orderBy + ON_PAGE;
    }

    /** Of wide rows, what is found is known from an index before a row is read. */
    private String found(String found, String orderBy) {
        return paths == null
                ? inOrder(found, orderBy)
                : "select " + named() + " "
                        + paths.byId().formatted(found + " order by " + orderBy + ON_PAGE)
                        + " order by " + orderBy;
    }

    private String inParts(String where, List<Hql.Part> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> "(select " + named() + ", " + i + " as part, row_number() over (order by "
                        + parts.get(i).orderBy() + ") as place " + rows(where, parts.get(i)) + " order by "
                        + parts.get(i).orderBy() + " limit :" + PageQuery.END + ")")
                .collect(Collectors.joining(
                        " union all ",
                        "select " + numbered(i -> "x.c" + i + " as c" + i) + " from (",
                        ") x order by x.part, x.place"));
    }

    private String rows(String where, Hql.Part part) {
        return part.among() == null
                ? paths.without() + " and " + where
                : paths.with().formatted(where, part.among());
    }

    private String named() {
        return numbered(i -> columns.get(i) + " as c" + i);
    }

    private String numbered(IntFunction<String> item) {
        return IntStream.range(0, columns.size()).mapToObj(item).collect(Collectors.joining(", "));
    }
}
