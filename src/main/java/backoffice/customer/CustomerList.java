package backoffice.customer;

import static backoffice.persistence.Citus.NO_ROW;
import static java.util.stream.Collectors.joining;

import backoffice.pagination.PagedList;
import backoffice.pagination.RowCountHql;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.search.SearchRequest.Query;
import backoffice.search.SearchRequest.Sort;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The list of a vendor's customers. An index finds the customers of a page in order, and only these are joined with their
 * groups. Each join is lateral and has a limit, because the planner may compare each customer with each group in a plain
 * join. See docs/adr/0013 and 0014.
 */
final class CustomerList extends PagedList {

    private static final String CUSTOMERS = "from Customer c where c.vendor = :vendor";

    private static final String GROUP_OF_CUSTOMER = "left join lateral (select g.name as name from CustomerGroup g"
            + " where g.vendor = :vendor and g.id = c.groupId order by g.id limit 1) g";

    /** The columns of a customer by which a page is sorted, and those that its group and its other columns need. */
    private static final String KEYS = Stream.of(
                    Stream.of("id"),
                    Fields.CUSTOMERS.sortable().filter(path -> path.startsWith("c.")),
                    Stream.of("groupId"))
            .flatMap(paths -> paths)
            .map(path -> path.replace("c.", ""))
            .map("c.%1$s as %1$s"::formatted)
            .collect(joining(", "));

    private static final String COLUMNS_OF_CUSTOMER = CustomerRowMapper.HQL.stream()
            .filter(column -> column.hql().startsWith("c."))
            .map(column -> column.hql() + " as " + column.name())
            .collect(joining(", "));

    /** The search that finds all customers, by name and then by group. */
    static final Hql ALL = HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.CUSTOMERS);

    private final String columnsOfParts = list(column -> "x." + column.name() + " as " + column.name());

    CustomerList() {
        super(CUSTOMERS, CustomerRowMapper.HQL, RowCountHql.CUSTOMERS, ALL);
        warmUp(searches());
    }

    /** One search for each form of a page. */
    private static Hql[] searches() {
        Query name = new Query("name", "=", List.of("a"));
        Query names = new Query("name", "like", List.of("a%", "a_", "%b"));
        Query group = new Query("groupName", "=", List.of("a"));
        Query otherGroups = new Query("groupName", "not in", List.of("a", "b"));
        Query part = new Query("city", "contains", List.of("a"));
        Query partOfAny = new Query("any", "contains", List.of("a", "b"));
        Query time = new Query("regDate", "between", List.of("2026-01-01", "2026-01-02"));
        return Stream.of(
                        new SearchRequest(List.of(name), null),
                        new SearchRequest(List.of(names), null),
                        new SearchRequest(List.of(group), null),
                        new SearchRequest(List.of(otherGroups, time), null),
                        new SearchRequest(List.of(part, partOfAny), null),
                        new SearchRequest(null, List.of(new Sort("groupName", "desc"))))
                .map(search -> HqlTranslator.translate(search, Fields.CUSTOMERS))
                .toArray(Hql[]::new);
    }

    private enum Form {
        IN_ORDER,
        COUNTED,
        IN_PARTS;

        static Form of(Hql search) {
            return !search.orderBy().parts().isEmpty()
                    ? IN_PARTS
                    : search.where().isSparse() ? COUNTED : IN_ORDER;
        }
    }

    @Override
    protected String items(Hql search, String where) {
        String found = rows(search) + where;
        return switch (Form.of(search)) {
            case IN_ORDER -> inOrder(found, search.orderBy());
            case COUNTED -> counted(found, search.orderBy());
            case IN_PARTS -> inParts(search);
        };
    }

    /**
     * The customers of a page in the order of an index, with their group. Customers that are equal in the order of the rows
     * are sorted by group, so all of them are read.
     */
    private String inOrder(String found, Hql.OrderBy order) {
        return "select " + selectedColumns()
                + " from (select c.id as id, g.name as name"
                + " from (select " + KEYS + " " + found
                + " order by " + order.ofRows() + " fetch first :end rows with ties) c " + GROUP_OF_CUSTOMER
                + " order by " + order.all() + " limit :limit offset :offset) g"
                + " join lateral (select " + COLUMNS_OF_CUSTOMER + " from Customer c"
                + " where c.vendor = :vendor and c.id = g.id order by c.id limit 1) c"
                + " order by " + order.all();
    }

    /**
     * The same where PostgreSQL expects so many customers that it would look for them in the order of the page, and so read
     * all one by one. With their number, it finds all of them first, and nothing counts them again.
     */
    private String counted(String found, Hql.OrderBy order) {
        return "select " + selectedColumns() + ", g.found as found"
                + " from (select c.id as id, g.name as name, c.found as found"
                + " from (select " + KEYS + ", c.found as found"
                + " from (select " + KEYS + ", count(*) over () as found " + found + ") c"
                + " order by " + order.ofRows() + " fetch first :end rows with ties) c " + GROUP_OF_CUSTOMER
                + " order by " + order.all() + " limit :limit offset :offset) g"
                + " join lateral (select " + COLUMNS_OF_CUSTOMER + " from Customer c"
                + " where c.vendor = :vendor and c.id = g.id order by c.id limit 1) c"
                + " order by " + order.all();
    }

    /** The customers that have a group, group by group, and those that have none, before or after them. */
    private String inParts(Hql search) {
        List<Hql.Part> parts = search.orderBy().parts();
        return "select " + columnsOfParts
                + " from ("
                + IntStream.range(0, parts.size())
                        .mapToObj(number -> part(search.where(), parts.get(number), number))
                        .collect(joining(" union all "))
                + ") x order by x.part, x.place limit :limit offset :offset";
    }

    private String part(Hql.Where where, Hql.Part part, int number) {
        return "(select " + selectedColumns() + ", " + number + " as part,"
                + " row_number() over (order by " + part.orderBy() + ") as place "
                + (part.orderWithinJoined() == null
                        ? withoutGroup(where)
                        : byGroup(where, part.orderWithinJoined(), ":end"))
                + " order by " + part.orderBy() + " limit :end)";
    }

    private static String withoutGroup(Hql.Where where) {
        return "from Customer c left join CustomerGroup g on g.vendor = :vendor and " + NO_ROW
                + " where c.vendor = :vendor and c.groupId is null" + where.all();
    }

    private static String byGroup(Hql.Where where, String orderBy, Object limit) {
        return "from CustomerGroup g"
                + " join lateral (select " + COLUMNS_OF_CUSTOMER + ", c.groupId as groupId from Customer c"
                + " where c.vendor = :vendor and c.groupId = g.id" + where.ofRows()
                + " order by " + orderBy + " limit " + limit + ") c"
                + " where g.vendor = :vendor" + where.ofJoined();
    }

    private static String rows(Hql search) {
        return search.where().readsJoined()
                ? "from Customer c " + GROUP_OF_CUSTOMER + " where c.vendor = :vendor"
                : CUSTOMERS;
    }

    /** Only a page past the end has no customer that knows the number of all that are found. */
    @Override
    protected String total(Hql search) {
        return Form.of(search) == Form.COUNTED
                ? "case when count(*) > 0 then max(page.found) when :offset = 0 then 0 else (" + count(search) + ") end"
                : super.total(search);
    }

    /** By group, no limit of rows is meant, but a join without one is a plain join. */
    @Override
    protected String count(Hql search) {
        boolean isByGroup = search.orderBy().parts().size() == 1;
        return "select count(*) "
                + (isByGroup
                        ? byGroup(search.where(), "c.name", Integer.MAX_VALUE)
                        : rows(search) + search.where().all());
    }
}
