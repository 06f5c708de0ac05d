package backoffice.pagination;

import static java.util.stream.Collectors.joining;

import backoffice.persistence.HqlFunctionContributor;
import backoffice.persistence.HqlParserWarmUp;
import backoffice.search.Hql;
import backoffice.search.RowBound;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A list that clients page through: writes the HQL of a page, for the whole list or for what a search finds in it. */
public class PagedList {

    /**
     * A column of an item.
     *
     * @param name the name under which the statements have it
     * @param hql its expression
     */
    public record Column(String name, String hql) {}

    // No line is indented further, because Panache replaces two blanks in a row in each call.

    /**
     * The page. The arguments are the columns that fit into the room, the total, the bytes of the columns, the columns, and the
     * items. PostgreSQL aggregates rows in the order in which a subquery returns them.
     */
    private static final String PAGE = """
            select p.total, p.bytes, %s
            from (select (%s) as total, %s as bytes, %s
            from (%s) page) p""";

    /** The items of a page. The arguments are the columns, the rows with their condition, and the order. */
    private static final String ITEMS = """
            select %s
            %s
            order by %s
            limit :limit offset :offset""";

    /** Counts no rows for a page that is not full: it is the end of the result, so the total follows from it. */
    private static final String TOTAL =
            "case when count(*) < :limit and (count(*) > 0 or :offset = 0) then count(*) + :offset else (%s) end";

    /** The arguments are the ranges of the list, its rows, and the name of a row. */
    private static final String RANGE = """
            select max(r.firstName) filter (where r.before <= :offset),
            cast(max(r.before) filter (where r.before <= :offset) as Long),
            coalesce(min(r.firstName) filter (where r.before > :offset), (select max(%3$s) %2$s))
            from (%1$s) r""";

    /** The arguments are the rows of the list, and the name of a row. Names are seldom equal, so a count is seldom needed. */
    private static final String NAME = """
            select n.name,
            case when (select count(*) %1$s and %2$s = n.name) = 1 then 0
            else :skipped - (select count(*) %1$s and %2$s >= :first and %2$s < n.name) end
            from (select %2$s as name %1$s and %2$s >= :first and %2$s <= :last
            order by %2$s limit 1 offset :skipped) n""";

    private final String rows;
    private final List<Column> columns;
    private final RowCountHql rowCount;
    private final Hql wholeList;
    private String page;
    private PageStatement.Far far;

    /**
     * @param rows the rows of the list: HQL from {@code from} on, with a condition that has {@code :vendor}
     * @param columns the columns of each item; the first one is the name
     * @param wholeList the search that finds all rows, in the order of the list, which begins with the name
     */
    public PagedList(String rows, List<Column> columns, RowCountHql rowCount, Hql wholeList) {
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
        String name = columns.get(0).hql();
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
                : rowCount.among(search.names(), count(search), columns.get(0).hql());
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
     * The HQL of the items of a page, with {@link #selectedColumns}.
     *
     * @param where the condition for the rows
     */
    protected String items(Hql search, String where) {
        return ITEMS.formatted(selectedColumns(), rows + " and " + where, search.orderBy());
    }

    /** The HQL of the number of rows that a search finds. */
    protected String count(Hql search) {
        return "select count(*) " + rows + " and " + search.where();
    }

    private String page(String items, String total) {
        String hql = PAGE.formatted(
                forEachColumn("case when p.bytes <= :room then p.%1$s end", ", "),
                total,
                forEachColumn(HqlFunctionContributor.BYTES_OF + "(page.%1$s)", " + "),
                forEachColumn(HqlFunctionContributor.ARRAY_OF + "(page.%1$s) as %1$s", ", "),
                items);
        // Panache does so in each call.
        return hql.replace('\n', ' ');
    }

    /** The columns under their names. */
    protected final String selectedColumns() {
        return forEachColumn("%2$s as %1$s", ", ");
    }

    /**
     * A list of HQL items, one for each column.
     *
     * @param item the item, whose arguments are the name and the expression of the column
     */
    protected final String forEachColumn(String item, String separator) {
        return columns.stream()
                .map(column -> item.formatted(column.name(), column.hql()))
                .collect(joining(separator));
    }
}
