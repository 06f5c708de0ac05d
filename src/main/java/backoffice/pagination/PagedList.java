package backoffice.pagination;

import static java.util.stream.Collectors.joining;

import backoffice.persistence.HqlParserWarmUp;
import backoffice.search.Hql;
import backoffice.search.HqlFunction;
import java.util.List;
import java.util.function.Function;
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
    public record Column(String name, String hql, boolean isOptional) {}

    private final String rows;
    private final List<Column> columns;
    private final RowCountHql rowCount;
    private final Hql wholeList;
    private final String selectedColumns;
    private final String columnsInRoom;
    private final String bytesOfColumns;
    private final String arraysOfColumns;
    private String wholePage;
    private boolean hasEnd;
    private FarPage farPage;

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
        this.selectedColumns = list(column -> column.hql() + " as " + column.name());
        this.columnsInRoom = list(column -> "case when p.bytes <= :room then p." + column.name() + " end");
        this.bytesOfColumns = columns.stream().map(PagedList::bytes).collect(joining(" + "));
        this.arraysOfColumns = list(column -> array(column) + " as " + column.name());
    }

    /**
     * Writes the HQL of the whole list once; call it after the constructor. The parser of HQL learns from it and from searches
     * while the native executable is built.
     */
    public final PagedList warmUp(Hql... searches) {
        String name = columns.get(0).hql();
        wholePage = aggregate(items(wholeList, ""), rowCount.length());
        hasEnd = wholePage.contains(":end");
        farPage = FarPage.of(
                rows, name, rowCount, aggregate(items(wholeList, " and " + name + " >= :from"), rowCount.length()));
        statements().forEach(HqlParserWarmUp::learn);
        Stream.of(searches).forEach(search -> HqlParserWarmUp.learn(hql(search)));
        return this;
    }

    /** The number of columns of an item. */
    final int width() {
        return columns.size();
    }

    /** The HQL of the whole list. */
    public final Stream<String> statements() {
        return Stream.of(wholePage, farPage.range(), farPage.name(), farPage.page());
    }

    /** The page of the whole list that is far from its start. */
    final FarPage farPage() {
        return farPage;
    }

    /** Whether the HQL of a page has {@code :end}. */
    final boolean hasEnd() {
        return hasEnd;
    }

    /** Whether a search finds the whole list in its order. */
    final boolean isWhole(Hql search) {
        return search.where().isEmpty()
                && search.orderBy().all().equals(wholeList.orderBy().all());
    }

    /**
     * The HQL of a page of what a search finds (docs/adr/0004). It returns one row: the total, the bytes of the items, and an
     * array for each column of them. The total is null when there is no such list, and an array when no item has a value. All
     * arrays are null when they have more than {@code :room} bytes. {@code :vendor}, {@code :offset} and {@code :limit} select
     * the page; some lists also have {@code :end}, the sum of offset and limit.
     */
    public final String hql(Hql search) {
        return isWhole(search)
                ? wholePage
                : aggregate(
                        items(search, search.where().all()),
                        search.where().isEmpty() ? rowCount.length() : total(search));
    }

    /** PostgreSQL aggregates rows in the order in which a subquery returns them. */
    private String aggregate(String items, String total) {
        return "select p.total, p.bytes, " + columnsInRoom
                + " from (select (" + total + ") as total, " + bytesOfColumns + " as bytes, " + arraysOfColumns
                + " from (" + items + ") page) p";
    }

    private static String array(Column column) {
        HqlFunction function = column.isOptional() ? HqlFunction.OPTIONAL_ARRAY_OF : HqlFunction.ARRAY_OF;
        return function.call("page." + column.name());
    }

    private static String bytes(Column column) {
        return HqlFunction.BYTES_OF.call(array(column));
    }

    /**
     * The HQL of the items of a page, with {@link #selectedColumns}.
     *
     * @param where the conditions for the rows, each after an {@code and}
     */
    protected String items(Hql search, String where) {
        return "select " + selectedColumns + " " + rows + where + " order by "
                + search.orderBy().all() + " limit :limit offset :offset";
    }

    /**
     * The HQL of the total, within the select that aggregates the items of a page. It counts no rows for a page that is not
     * full: it is the end of the result, so the total follows from it.
     */
    protected String total(Hql search) {
        String total = search.where().names() == null
                ? count(search)
                : rowCount.among(
                        search.where().names(), count(search), columns.get(0).hql());
        return "case when count(*) < :limit and (count(*) > 0 or :offset = 0) then count(*) + :offset else (" + total
                + ") end";
    }

    /** The HQL of the number of rows that a search finds. */
    protected String count(Hql search) {
        return "select count(*) " + rows + search.where().all();
    }

    /** The columns under their names. */
    protected final String selectedColumns() {
        return selectedColumns;
    }

    /** A list of HQL items, one for each column. */
    protected final String list(Function<Column, String> item) {
        return columns.stream().map(item).collect(joining(", "));
    }
}
