package backoffice.pagination;

import static java.util.stream.Collectors.joining;

import backoffice.persistence.HqlFunctionContributor;
import backoffice.persistence.HqlParserWarmUp;
import backoffice.search.Bound;
import backoffice.search.Hql;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list that clients page through: writes the HQL of a page, for the whole list or for what a search finds in it. */
public class PagedList {

    protected static final String ON_PAGE = " limit :limit offset :offset";

    private static final String IF_SHORT = "case when count(*) < :limit and (count(*) > 0 or :offset = 0) then ";

    /** Counts no rows for a page that is not full: it is the end of the result, so the total follows from it. */
    private static final String TOTAL_IF_SHORT = IF_SHORT + "count(*) + :offset ";

    private final String rows;
    private final RowCountHql rowCount;
    private final Hql wholeList;
    private final List<String> columns;
    private final int keyColumns;

    private final String pageFromStart;
    private final String pageFromCursor;

    /**
     * @param rows the rows of the list: HQL from {@code from} on, with a condition that has {@code :vendor}
     * @param columns the expressions that are selected for each item
     * @param keyColumns by how many of the first columns the list is sorted
     * @param fromCursor the condition for the item with the key {@code :from0}, {@code :from1} and so on, and for all
     *     items after it. Empty texts are the key of the start
     * @param wholeList the search that finds all rows, in the order of the list
     */
    public PagedList(
            String rows, List<String> columns, int keyColumns, String fromCursor, RowCountHql rowCount, Hql wholeList) {
        this.rows = rows;
        this.columns = columns;
        this.keyColumns = keyColumns;
        this.rowCount = rowCount;
        this.wholeList = wholeList;
        pageFromStart = page(items(rows, wholeList), rowCount.length());
        pageFromCursor = page(items(rows + " and " + fromCursor, wholeList), rowCount.version(), rowCount.length());
        HqlParserWarmUp.learn(pageFromStart);
        HqlParserWarmUp.learn(pageFromCursor);
    }

    /** The parser of HQL learns from searches while the native executable is built. */
    public final void warmUp(Hql... searches) {
        Stream.of(searches).forEach(search -> HqlParserWarmUp.learn(find(search).items()));
    }

    /** @param parameters the values of the named parameters of the list besides the vendor */
    public final PageQuery all(Map<String, Object> parameters) {
        return new PageQuery(pageFromStart, pageFromCursor, keyColumns, Bound.VALUES, 1, false, false, parameters);
    }

    /** Finds rows of a list that has no parameters besides the vendor. */
    public final PageQuery find(Hql search) {
        if (search.equals(wholeList)) {
            return all(Map.of());
        }
        boolean isWholeList = search.where().equals(wholeList.where());
        boolean isVersioned = search.isVersioned() && !isWholeList;
        String found = rows + " and " + search.where();
        String items = foundItems(found, search);
        String count = "else (select count(*) " + found + ") end";
        String hql;
        if (isWholeList) {
            hql = page(items, rowCount.length());
        } else if (isVersioned) {
            // A short page needs no version, because its total is not worth remembering.
            hql = page(
                    items,
                    IF_SHORT + "null else (" + rowCount.version() + ") end",
                    TOTAL_IF_SHORT + "when (" + rowCount.version() + ") = :version then null " + count);
        } else {
            hql = page(items, TOTAL_IF_SHORT + count);
        }
        boolean readsInParts = !search.parts().isEmpty();
        return new PageQuery(
                hql,
                null,
                keyColumns,
                search.bound(),
                search.comparisons(),
                isVersioned,
                readsInParts,
                search.parameters());
    }

    /** @param found the rows that the search finds: HQL from {@code from} on */
    protected String foundItems(String found, Hql search) {
        return items(found, search);
    }

    /** Hibernate handles one row for the page. PostgreSQL aggregates rows in the order in which a subquery returns them. */
    private String page(String items, String... scalars) {
        return "select " + forEachColumn(i -> HqlFunctionContributor.ARRAY_OF + "(page.c" + i + ")")
                + Stream.of(scalars).map(scalar -> ", (" + scalar + ")").collect(joining())
                + " from (" + items + ") page";
    }

    private String items(String from, Hql search) {
        return "select " + selectedColumns() + " " + from + " order by " + search.orderBy() + ON_PAGE;
    }

    /** The columns under the names {@code c0}, {@code c1} and so on. */
    protected final String selectedColumns() {
        return forEachColumn(i -> columns.get(i) + " as c" + i);
    }

    /** A list of HQL items, one for the index of each column, separated by commas. */
    protected final String forEachColumn(IntFunction<String> hql) {
        return IntStream.range(0, columns.size()).mapToObj(hql).collect(joining(", "));
    }
}
