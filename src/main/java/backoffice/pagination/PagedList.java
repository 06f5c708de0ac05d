package backoffice.pagination;

import static java.util.stream.Collectors.joining;

import backoffice.persistence.HqlFunctionContributor;
import backoffice.persistence.HqlParserWarmUp;
import backoffice.search.Hql;
import backoffice.search.RowBound;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A list that clients page through: writes the HQL of a page, for the whole list or for what a search finds in it. */
public class PagedList {

    protected static final String ON_PAGE = " limit :limit offset :offset";

    /** Counts no rows for a page that is not full: it is the end of the result, so the total follows from it. */
    private static final String TOTAL =
            "case when count(*) < :limit and (count(*) > 0 or :offset = 0) then count(*) + :offset else (%s) end";

    /** The arguments are the ranges of the list, its rows, and the name of a row. */
    private static final String RANGE = "select max(r.firstName) filter (where r.before <= :offset),"
            + " cast(max(r.before) filter (where r.before <= :offset) as Long),"
            + " coalesce(min(r.firstName) filter (where r.before > :offset), (select max(%3$s) %2$s)) from (%1$s) r";

    /** The arguments are the rows of the list, and the name of a row. Names are seldom equal, so a count is seldom needed. */
    private static final String NAME = "select n.name, case when (select count(*) %1$s and %2$s = n.name) = 1 then 0"
            + " else :skipped - (select count(*) %1$s and %2$s >= :first and %2$s < n.name) end"
            + " from (select %2$s as name %1$s and %2$s >= :first and %2$s <= :last order by %2$s"
            + " limit 1 offset :skipped) n";

    private final String rows;
    private final List<String> columns;
    private final RowCountHql rowCount;
    private final Hql wholeList;
    private String page;
    private PageStatement.Far far;

    /**
     * @param rows the rows of the list: HQL from {@code from} on, with a condition that has {@code :vendor}
     * @param columns the expressions that are selected for each item; the first one is the name
     * @param wholeList the search that finds all rows, in the order of the list, which begins with the name
     */
    public PagedList(String rows, List<String> columns, RowCountHql rowCount, Hql wholeList) {
        this.rows = rows;
        this.columns = columns;
        this.rowCount = rowCount;
        this.wholeList = wholeList;
    }

    /**
     * Writes the HQL of the whole list once; call it after the constructor. The parser of HQL learns from it and from searches
     * while the native executable is built.
     */
    public final PagedList warmUp(Hql... searches) {
        String name = columns.get(0);
        page = page(items(wholeList, wholeList.where()), rowCount.length());
        far = new PageStatement.Far(
                RANGE.formatted(rowCount.ranges(), rows, name),
                NAME.formatted(rows, name),
                page(items(wholeList, name + " >= :from"), rowCount.length()));
        Stream.of(page, far.range(), far.name(), far.page()).forEach(HqlParserWarmUp::learn);
        Stream.of(searches)
                .forEach(search -> HqlParserWarmUp.learn(find(search, true).page()));
        return this;
    }

    /** @param parameters the values of the named parameters of the list besides the vendor */
    public final PageStatement all(Map<String, Object> parameters) {
        return new PageStatement(page, columns.size(), far, hasEnd(), RowBound.VALUES, 1, parameters);
    }

    /**
     * Finds rows of a list that has no parameters besides the vendor.
     *
     * @param isLong whether a sum of counted ranges is faster than a count of the rows among two names
     */
    public final PageStatement find(Hql search, boolean isLong) {
        if (search.equals(wholeList)) {
            return all(Map.of());
        }
        String count = search.names() == null || !isLong
                ? count(search)
                : rowCount.among(search.names(), count(search), columns.get(0));
        String total = search.where().equals(wholeList.where()) ? rowCount.length() : TOTAL.formatted(count);
        return new PageStatement(
                page(items(search, search.where()), total),
                columns.size(),
                null,
                hasEnd(),
                search.bound(),
                search.comparisons(),
                search.parameters());
    }

    /** Whether the HQL of the items has {@code :end}, the sum of {@code :offset} and {@code :limit}. */
    protected boolean hasEnd() {
        return false;
    }

    /**
     * The HQL of the items of a page, with {@link #selectedColumns()}.
     *
     * @param where the condition for the rows
     */
    protected String items(Hql search, String where) {
        return "select " + selectedColumns() + " " + rows + " and " + where + " order by " + search.orderBy() + ON_PAGE;
    }

    /** The HQL of the number of rows that a search finds. */
    protected String count(Hql search) {
        return "select count(*) " + rows + " and " + search.where();
    }

    /** Hibernate handles one row for the page. PostgreSQL aggregates rows in the order in which a subquery returns them. */
    private String page(String items, String total) {
        String arrays = forEachColumn(i -> HqlFunctionContributor.ARRAY_OF + "(page.c" + i + ") as a" + i);
        String bytes = forEachColumn(i -> HqlFunctionContributor.BYTES_OF + "(page.c" + i + ")", " + ");
        return "select " + forEachColumn(i -> "case when p.bytes <= :room then p.a" + i + " end")
                + ", p.total, p.bytes from (select " + arrays + ", (" + total + ") as total, " + bytes
                + " as bytes from ("
                + items + ") page) p";
    }

    /** The columns under the names {@code c0}, {@code c1} and so on. */
    protected final String selectedColumns() {
        return forEachColumn(i -> columns.get(i) + " as c" + i);
    }

    /** A list of HQL items, one for the index of each column, separated by commas. */
    protected final String forEachColumn(IntFunction<String> hql) {
        return forEachColumn(hql, ", ");
    }

    private String forEachColumn(IntFunction<String> hql, String separator) {
        return IntStream.range(0, columns.size()).mapToObj(hql).collect(joining(separator));
    }
}
