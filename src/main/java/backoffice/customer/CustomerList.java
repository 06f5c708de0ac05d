package backoffice.customer;

import static backoffice.persistence.Citus.NO_ROW;
import static java.util.stream.Collectors.joining;

import backoffice.pagination.PagedList;
import backoffice.pagination.RowCountHql;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.RowBound;
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

    private static final String JOIN_GROUP = """
            left join lateral (select g.name as name from CustomerGroup g
            where g.vendor = :vendor and g.id = c.groupId order by g.id limit 1) g""";

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

    /**
     * The customers of a page in the order of an index, with their group. The arguments are the rows with their condition,
     * the order of the rows, and the whole order. Customers that are equal in the order of the rows are sorted by group, so
     * all of them are read.
     */
    private static final String PAGE = """
            select c.id as id, g.name as name
            from (select KEYS %1$s order by %2$s fetch first :end rows with ties) c JOIN_GROUP
            order by %3$s
            limit :limit offset :offset""".replace("KEYS", KEYS).replace("JOIN_GROUP", JOIN_GROUP);

    /**
     * The same page where PostgreSQL expects so many customers that it would look for them in the order of the page, and so
     * read all one by one. With their number, it finds all of them first, and nothing counts them again.
     */
    private static final String PAGE_WITH_TOTAL = """
            select c.id as id, g.name as name, c.found as found
            from (select KEYS, c.found as found from (select KEYS, count(*) over () as found %1$s) c
            order by %2$s fetch first :end rows with ties) c JOIN_GROUP
            order by %3$s
            limit :limit offset :offset""".replace("KEYS", KEYS).replace("JOIN_GROUP", JOIN_GROUP);

    /** The total of that page. Only a page past the end has no customer that knows it. */
    private static final String TOTAL_OF_PAGE =
            "case when count(*) > 0 then max(page.found) when :offset = 0 then 0 else (%s) end";

    /**
     * The same for all customers with one name, which are equal in the order of the rows. The planner can only hash a full
     * join, which reads the groups once. The arguments are the condition of the search, the condition for this form, and the
     * whole order.
     */
    private static final String PAGE_OF_ONE_NAME = """
            select c.id as id, g.name as name
            from (select KEYS from Customer c where c.vendor = :vendor%1$s) c
            full join (select g.id as id, g.name as name from CustomerGroup g where g.vendor = :vendor) g
            on g.id = c.groupId
            where coalesce(c.id, 0) <> 0 and %2$s
            order by %3$s
            limit :limit offset :offset""".replace("KEYS", KEYS);

    /** Where so many groups have a customer with one name, one look at all groups is faster than one for each customer. */
    private static final String ARE_MANY = """
            (select count(*) from (
            select c.id as id from Customer c where c.vendor = :vendor%s order by c.name limit 1001) many) > 1000
            and (GROUPS) < 100000""".replace("GROUPS", RowCountHql.GROUPS.length());

    /** The items of a page. The arguments are the columns, the page, and the order. */
    private static final String ITEMS = """
            select %s
            from (%s) g
            join lateral (select COLUMNS from Customer c
            where c.vendor = :vendor and c.id = g.id order by c.id limit 1) c
            order by %s""".replace("COLUMNS", COLUMNS_OF_CUSTOMER);

    /**
     * Customers that have a group, group by group. The arguments are the condition for a customer, the order within a group,
     * the most customers of each group, and the condition for a group.
     */
    private static final String BY_GROUP = """
            from CustomerGroup g
            join lateral (select COLUMNS, c.groupId as groupId from Customer c
            where c.vendor = :vendor and c.groupId = g.id%s order by %s limit %s) c
            where g.vendor = :vendor%s""".replace("COLUMNS", COLUMNS_OF_CUSTOMER);

    private static final String WITHOUT_GROUP = """
            from Customer c left join CustomerGroup g on g.vendor = :vendor and NO_ROW
            where c.vendor = :vendor and c.groupId is null%s""".replace("NO_ROW", NO_ROW);

    /** The items of a page that is found in parts. The arguments are the columns, and the parts. */
    private static final String ITEMS_IN_PARTS = """
            select %s
            from (%s) x
            order by x.part, x.place
            limit :limit offset :offset""";

    /** The arguments are the columns, the number of the part, its order, and its rows. */
    private static final String PART = """
            (select %1$s, %2$d as part, row_number() over (order by %3$s) as place
            %4$s
            order by %3$s
            limit :end)""";

    /** The search that finds all customers, by name and then by group. */
    static final Hql ALL = HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.CUSTOMERS);

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
        Query time = new Query("regDate", "between", List.of("2026-01-01", "2026-01-02"));
        return Stream.of(
                        new SearchRequest(List.of(name), null),
                        new SearchRequest(List.of(names), null),
                        new SearchRequest(List.of(group), null),
                        new SearchRequest(List.of(otherGroups, time), null),
                        new SearchRequest(null, List.of(new Sort("groupName", "desc"))))
                .map(search -> HqlTranslator.translate(search, Fields.CUSTOMERS))
                .toArray(Hql[]::new);
    }

    @Override
    protected String items(Hql search, String where) {
        if (!search.parts().isEmpty()) {
            return inParts(search);
        }
        String order = search.orderBy();
        if (search.isSparse()) {
            return ITEMS.formatted(
                    selectedColumns() + ", g.found as found",
                    PAGE_WITH_TOTAL.formatted(rows(search) + where, search.orderOfRows(), order),
                    order);
        }
        String page = page(search, where);
        if (canBeOneName(search)) {
            String areMany = ARE_MANY.formatted(where);
            page = "(" + page(search, where + " and not (" + areMany + ")") + ") union all ("
                    + PAGE_OF_ONE_NAME.formatted(where, areMany, order) + ")";
        }
        return ITEMS.formatted(selectedColumns(), page, order);
    }

    @Override
    protected String total(Hql search, boolean isLong) {
        return search.isSparse() && search.parts().isEmpty()
                ? TOTAL_OF_PAGE.formatted(count(search))
                : super.total(search, isLong);
    }

    private static String page(Hql search, String where) {
        return PAGE.formatted(rows(search) + where, search.orderOfRows(), search.orderBy());
    }

    /** Whether a search finds customers with one name, which are sorted by group alone. */
    private static boolean canBeOneName(Hql search) {
        return search.bound() == RowBound.GROUPS
                && search.orderBy().equals(ALL.orderBy())
                && !search.where().isEmpty()
                && !search.readsJoined();
    }

    private static String rows(Hql search) {
        return search.readsJoined() ? CUSTOMERS.replace(" where ", " " + JOIN_GROUP + " where ") : CUSTOMERS;
    }

    private String inParts(Hql search) {
        String parts = IntStream.range(0, search.parts().size())
                .mapToObj(i -> part(search, search.parts().get(i), i))
                .collect(joining(" union all "));
        return ITEMS_IN_PARTS.formatted(forEachColumn("x.%1$s as %1$s", ", "), parts);
    }

    private String part(Hql search, Hql.Part part, int number) {
        String rows = part.orderWithinJoined() == null
                ? WITHOUT_GROUP.formatted(search.where())
                : byGroup(search, part.orderWithinJoined(), ":end");
        return PART.formatted(selectedColumns(), number, part.orderBy(), rows);
    }

    private static String byGroup(Hql search, String orderBy, Object limit) {
        return BY_GROUP.formatted(search.whereOfRows(), orderBy, limit, search.whereOfJoined());
    }

    /** By group, no limit of rows is meant, but a join without one is a plain join. */
    @Override
    protected String count(Hql search) {
        boolean isByGroup = search.parts().size() == 1;
        return "select count(*) "
                + (isByGroup ? byGroup(search, "c.name", Integer.MAX_VALUE) : rows(search) + search.where());
    }
}
