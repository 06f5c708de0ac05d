package backoffice.persistence;

import backoffice.search.Bound;
import backoffice.search.Hql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list that clients page through: writes the HQL of a page, for the whole list or for what a search finds in it. */
public class PagedList {

    protected static final String ON_PAGE = " limit :" + PageQuery.LIMIT + " offset :" + PageQuery.OFFSET;

    private static final String SHORT_PAGE =
            "count(*) < :%1$s and (count(*) > 0 or :%2$s = 0)".formatted(PageQuery.LIMIT, PageQuery.OFFSET);
    private static final String END_OF_SHORT_PAGE = "count(*) + :" + PageQuery.OFFSET;

    /**
     * What a list is sorted by.
     *
     * @param expressions the first columns of the list
     * @param fromCursor the condition for the item with the key {@code :from0}, {@code :from1} and so on, and for all
     *     items after it. Empty texts are the key of the start
     */
    public record Keyset(List<String> expressions, String fromCursor) {}

    private final String rows;
    private final RowCounts rowCount;
    private final Hql wholeList;
    private final List<String> columns;
    final Keyset keyset;

    /** The HQL of a page of the whole list, whose offset counts from the start. */
    public final String pageFromStart;

    /** The HQL of a page of the whole list, whose offset counts from a cursor. */
    public final String pageFromCursor;

    /**
     * @param rows the rows of the list: HQL from {@code from} on, with a condition that has {@code :vendor}
     * @param columns the expressions that are selected for each item, beginning with those of the keyset
     * @param wholeList the search that finds all rows, in the order of the list
     */
    public PagedList(String rows, List<String> columns, Keyset keyset, RowCounts rowCount, Hql wholeList) {
        this.rows = rows;
        this.columns = columns;
        this.keyset = keyset;
        this.rowCount = rowCount;
        this.wholeList = wholeList;
        pageFromStart = page(items(rows, wholeList), rowCount.length());
        pageFromCursor =
                page(items(rows + " and " + keyset.fromCursor(), wholeList), rowCount.version(), rowCount.length());
        HqlParserWarmUp.learn(pageFromStart, pageFromCursor);
    }

    /** The parser of HQL learns from searches while the native executable is built. */
    public final void warmUp(Hql... searches) {
        Stream.of(searches).forEach(search -> HqlParserWarmUp.learn(find(search).items()));
    }

    public final PageQuery find(Hql search) {
        return find(search, Map.of());
    }

    /** @param parameters the values of the named parameters of the list besides the vendor; the search has its own */
    public final PageQuery find(Hql search, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(search.parameters());
        all.putAll(parameters);
        if (search.equals(wholeList)) {
            return new PageQuery(this, pageFromStart, Bound.VALUES, false, false, all);
        }
        String found = rows + " and " + search.where();
        String items = foundItems(found, search);
        boolean isWholeList = search.where().equals(wholeList.where());
        boolean isVersioned = search.isVersioned() && !isWholeList;
        String hql;
        if (isWholeList) {
            hql = page(items, rowCount.length());
        } else if (isVersioned) {
            hql = page(items, versionOfFullPage(), versionedTotalOf(found));
        } else {
            hql = page(items, totalOf(found));
        }
        return new PageQuery(
                this, hql, search.bound(), isVersioned, !search.parts().isEmpty(), all);
    }

    /** Counts rows only when needed: a page that is not full is the end of the result, so its total follows from it. */
    private static String totalOf(String found) {
        return "case when " + SHORT_PAGE + " then " + END_OF_SHORT_PAGE + " else " + countOf(found) + " end";
    }

    /** Counts rows only when the total is not known for the version of the list. */
    private String versionedTotalOf(String found) {
        return "case when " + SHORT_PAGE + " then " + END_OF_SHORT_PAGE + " when (" + rowCount.version() + ") = :"
                + PageQuery.VERSION + " then null else " + countOf(found) + " end";
    }

    /** A short page needs no version, because its total is not worth remembering. */
    private String versionOfFullPage() {
        return "case when " + SHORT_PAGE + " then null else (" + rowCount.version() + ") end";
    }

    private static String countOf(String found) {
        return "(select count(*) " + found + ")";
    }

    /** @param found the rows that the search finds: HQL from {@code from} on */
    protected String foundItems(String found, Hql search) {
        return items(found, search);
    }

    /** Hibernate handles one row for the page. PostgreSQL aggregates rows in the order in which a subquery returns them. */
    private String page(String items, String... scalars) {
        return Stream.of(scalars)
                .map(scalar -> ", (" + scalar + ")")
                .collect(Collectors.joining(
                        "",
                        "select " + forEachColumn(i -> HqlFunctionContributor.ARRAY_OF + "(page.c" + i + ")"),
                        " from (" + items + ") page"));
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
        return IntStream.range(0, columns.size()).mapToObj(hql).collect(Collectors.joining(", "));
    }
}
