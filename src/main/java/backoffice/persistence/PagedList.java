package backoffice.persistence;

import backoffice.search.Hql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list that clients page through: writes the HQL of a page, for the whole list or for what a search finds in it. */
public final class PagedList {

    /**
     * Other HQL for the same rows, which an index serves better. For tables with wide rows that may have a parent row,
     * such as a customer and its group. See docs/adr/0013.
     *
     * @param rowsById joins the rows of a page by id, in any order. A format string: its argument is the rows that are
     *     found, with their order and the page
     * @param rowsWithoutParent the rows that have no parent, in the form of the rows of the list
     * @param rowsByParent the rows that have a parent, read parent by parent. A format string: its arguments are the
     *     condition of the search and the order of the rows of one parent
     */
    public record AccessPaths(String rowsById, String rowsWithoutParent, String rowsByParent) {}

    private static final String ON_PAGE = " limit :" + PageQuery.LIMIT + " offset :" + PageQuery.OFFSET;

    private final List<String> columns;
    private final int keyCount;
    private final String rows;
    private final AccessPaths paths;
    private final String length;
    private final Hql wholeList;
    private final String pageFromStart;
    private final String pageFromCursor;

    /**
     * Defines a list.
     *
     * @param columns the expressions that are selected for each item, beginning with those that the list is sorted by
     * @param keyCount how many of the columns the list is sorted by
     * @param rows the rows of the list: HQL from {@code from} on, with a condition that has {@code :vendor}
     * @param paths other HQL for the rows; null when there is none
     * @param length selects the number of rows of the list; selects no row when there is no such list
     * @param version selects a text that differs for each state of the list
     * @param wholeList the search that finds all rows, in the order of the list
     * @param fromCursor the condition for the item with the key {@code :from0}, {@code :from1} and so on, and for all
     *     items after it; true for all items when the values of the key are empty
     */
    public PagedList(
            List<String> columns,
            int keyCount,
            String rows,
            AccessPaths paths,
            String length,
            String version,
            Hql wholeList,
            String fromCursor) {
        this.columns = columns;
        this.keyCount = keyCount;
        this.rows = rows;
        this.paths = paths;
        this.length = length;
        this.wholeList = wholeList;
        pageFromStart = page(itemsOnPage(rows, wholeList.orderBy()), length);
        pageFromCursor = page(itemsOnPage(rows + " and " + fromCursor, wholeList.orderBy()), version, length);
        HqlParserWarmUp.learn(pageFromStart, pageFromCursor);
    }

    /**
     * The query for a page of what a search finds.
     *
     * @param parameters the values of the named parameters of the list besides the vendor; the search has its own
     */
    public PageQuery find(String vendor, Map<String, Object> parameters, Hql search) {
        Map<String, Object> all = new HashMap<>(search.parameters());
        all.putAll(parameters);
        all.put(VendorScope.VENDOR, vendor);
        return search.equals(wholeList)
                ? new PageQuery(pageFromStart, pageFromCursor, columns.size(), keyCount, all)
                : searchQuery(all, search);
    }

    private PageQuery searchQuery(Map<String, Object> parameters, Hql search) {
        String found = rows + " and " + search.where();
        String total = search.where().equals(wholeList.where()) ? length : totalOf(found);
        String items = search.parts().isEmpty()
                ? foundItemsOnPage(found, search.orderBy())
                : itemsInParts(search.where(), search.parts()) + ON_PAGE;
        return new PageQuery(page(items, total), null, columns.size(), keyCount, parameters);
    }

    /** Counts rows only when needed: a page that is not full is the end of the result, so its total follows from it. */
    private static String totalOf(String found) {
        return "case when count(*) < :%1$s and (count(*) > 0 or :%2$s = 0) then count(*) + :%2$s"
                        .formatted(PageQuery.LIMIT, PageQuery.OFFSET)
                + " else (select count(*) " + found + ") end";
    }

    /**
     * One row for the whole page, with an array for each column, so that Hibernate handles one row instead of one for
     * each item. PostgreSQL aggregates rows in the order in which a subquery returns them.
     */
    private String page(String items, String... scalars) {
        return Stream.of(scalars)
                .map(scalar -> ", (" + scalar + ")")
                .collect(Collectors.joining(
                        "",
                        "select " + forEachColumn(i -> HqlFunctionContributor.ARRAY_OF + "(page.c" + i + ")"),
                        " from (" + items + ") page"));
    }

    private String itemsOnPage(String found, String orderBy) {
        return "select " + selectedColumns() + " " + found + " order by " + orderBy + ON_PAGE;
    }

    /** Finds the ids of wide rows in an index first, and then reads only the rows of the page. */
    private String foundItemsOnPage(String found, String orderBy) {
        return paths == null
                ? itemsOnPage(found, orderBy)
                : "select " + selectedColumns() + " "
                        + paths.rowsById().formatted(found + " order by " + orderBy + ON_PAGE)
                        + " order by " + orderBy;
    }

    private String itemsInParts(String where, List<Hql.Part> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> "(select " + selectedColumns() + ", " + i + " as part, row_number() over (order by "
                        + parts.get(i).orderBy() + ") as place " + rowsOfPart(where, parts.get(i)) + " order by "
                        + parts.get(i).orderBy() + " limit :" + PageQuery.END + ")")
                .collect(Collectors.joining(
                        " union all ",
                        "select " + forEachColumn(i -> "x.c" + i + " as c" + i) + " from (",
                        ") x order by x.part, x.place"));
    }

    private String rowsOfPart(String where, Hql.Part part) {
        return part.among() == null
                ? paths.rowsWithoutParent() + " and " + where
                : paths.rowsByParent().formatted(where, part.among());
    }

    private String selectedColumns() {
        return forEachColumn(i -> columns.get(i) + " as c" + i);
    }

    private String forEachColumn(IntFunction<String> hql) {
        return IntStream.range(0, columns.size()).mapToObj(hql).collect(Collectors.joining(", "));
    }
}
