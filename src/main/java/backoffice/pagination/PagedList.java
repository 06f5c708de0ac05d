package backoffice.pagination;

import static java.util.stream.Collectors.joining;

import backoffice.persistence.HqlFunctionContributor;
import backoffice.persistence.HqlParserWarmUp;
import backoffice.search.Hql;
import java.util.List;
import java.util.stream.Stream;

/** A list that clients page through: writes the HQL of a page, for the whole list or for what a search finds in it. */
public class PagedList {

    /**
     * A column of an item.
     *
     * @param name the name under which the statements have it
     * @param hql its expression
     * @param isOptional whether an item can have no value
     */
    public record Column(String name, String hql, boolean isOptional) {

        /** The column of a page, with an array for the items. */
        private String array() {
            String function = isOptional ? HqlFunctionContributor.OPTIONAL_ARRAY_OF : HqlFunctionContributor.ARRAY_OF;
            return function + "(page." + name + ")";
        }
    }

    /**
     * The HQL of a whole list that is sorted by name. A page far from its start takes three statements in one snapshot. See
     * docs/adr/0007.
     *
     * @param page as {@link PagedList#page}
     * @param range returns the range of names with the item at {@code :offset}: its first name, the number of items before
     *     it, and a name at its end. Each can be null for an empty list
     * @param name returns the name of the item that comes {@code :skipped} items after the name {@code :first}, and how
     *     many items with the same name are before it; no row when there is no such item up to the name {@code :last}
     * @param farPage as {@code page}, but counts the offset from the first item with the name {@code :from}
     */
    public record Whole(String page, String range, String name, String farPage) {

        public Stream<String> statements() {
            return Stream.of(page, range, name, farPage);
        }
    }

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
    private Whole whole;
    private boolean hasEnd;

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
        whole = new Whole(
                page(items(wholeList, ""), rowCount.length()),
                RANGE.formatted(rowCount.ranges(), rows, name),
                NAME.formatted(rows, name),
                page(items(wholeList, " and " + name + " >= :from"), rowCount.length()));
        hasEnd = whole.page().contains(":end");
        whole.statements().forEach(HqlParserWarmUp::learn);
        Stream.of(searches).forEach(search -> HqlParserWarmUp.learn(page(search, true)));
        return this;
    }

    /** The number of columns of an item. */
    final int width() {
        return columns.size();
    }

    public final Whole whole() {
        return whole;
    }

    /** Whether the HQL of a page has {@code :end}. */
    final boolean hasEnd() {
        return hasEnd;
    }

    /** Whether a search finds the whole list in its order. */
    final boolean isWhole(Hql search) {
        return search.where().isEmpty() && search.orderBy().equals(wholeList.orderBy());
    }

    /**
     * The HQL of a page of what a search finds (docs/adr/0004). It returns one row: the total, the bytes of the items, and an
     * array for each column of them. The total is null when there is no such list, and an array when no item has a value. All
     * arrays are null when they have more than {@code :room} bytes. {@code :vendor}, {@code :offset} and {@code :limit} select
     * the page; some lists also have {@code :end}, the sum of offset and limit.
     *
     * @param isLong whether a sum of counted ranges is faster than a count of the rows among two names
     */
    public final String page(Hql search, boolean isLong) {
        return isWhole(search) ? whole.page() : page(items(search, search.where()), total(search, isLong));
    }

    /**
     * The HQL of the total, within the select that aggregates the items of a page.
     *
     * @param isLong as of {@link #page}
     */
    protected String total(Hql search, boolean isLong) {
        if (search.where().isEmpty()) {
            return rowCount.length();
        }
        String count = count(search);
        return TOTAL.formatted(
                search.names() == null || !isLong
                        ? count
                        : rowCount.among(search.names(), count, columns.get(0).hql()));
    }

    /**
     * The HQL of the items of a page, with {@link #selectedColumns}.
     *
     * @param where the conditions for the rows, each after an {@code and}
     */
    protected String items(Hql search, String where) {
        return ITEMS.formatted(selectedColumns(), rows + where, search.orderBy());
    }

    /** The HQL of the number of rows that a search finds. */
    protected String count(Hql search) {
        return "select count(*) " + rows + search.where();
    }

    private String page(String items, String total) {
        String hql = PAGE.formatted(
                forEachColumn("case when p.bytes <= :room then p.%1$s end", ", "),
                total,
                forEachColumn(HqlFunctionContributor.BYTES_OF + "(%3$s)", " + "),
                forEachColumn("%3$s as %1$s", ", "),
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
     * @param item the item, whose arguments are the name, the expression and the array of the column
     */
    protected final String forEachColumn(String item, String separator) {
        return columns.stream()
                .map(column -> item.formatted(column.name(), column.hql(), column.array()))
                .collect(joining(separator));
    }
}
