package backoffice.customer;

import static backoffice.persistence.CitusForms.NO_ROW;
import static java.util.stream.Collectors.joining;

import backoffice.pagination.PagedList;
import backoffice.pagination.RowCountHql;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.RowBound;
import backoffice.search.SearchRequest;
import java.util.stream.IntStream;

/**
 * The list of a vendor's customers. An index finds the customers of a page in order, and only these are joined with their
 * groups. Each join is lateral and has a limit, because the planner may compare each customer with each group in a plain
 * join. See docs/adr/0013 and 0014.
 */
final class CustomerList extends PagedList {

    private static final String CUSTOMERS = "from Customer c where c.vendor = :vendor";

    private static final String JOIN_GROUP = " left join lateral (select g.name as name from CustomerGroup g"
            + " where g.vendor = :vendor and g.id = c.groupId order by g.id limit 1) g";

    private static final String COLUMNS_OF_CUSTOMER = CustomerRowMapper.HQL.stream()
            .filter(path -> path.startsWith("c."))
            .map(path -> path + " as " + path.substring(2))
            .collect(joining(", "));

    private static final String FOUND = "c.id as id, c.name as name, c.regDate as regDate, c.groupId as groupId";

    /**
     * The customers of a page in the order of an index, with their group. The arguments are the rows with their condition,
     * the order of the rows, and the whole order. Customers that are equal in the order of the rows are sorted by group, so
     * all of them are read.
     */
    private static final String PAGE = "select c.id as id, g.name as name from (select " + FOUND
            + " %1$s order by %2$s fetch first :end rows with ties) c" + JOIN_GROUP + " order by %3$s" + ON_PAGE;

    /**
     * The same for all customers with one name, which are equal in the order of the rows. The planner can only hash a full
     * join, which reads the groups once. The arguments are the condition of the search, the condition for this form, and the
     * whole order.
     */
    private static final String PAGE_OF_ONE_NAME = "select c.id as id, g.name as name from (select " + FOUND + " "
            + CUSTOMERS + " and %1$s) c full join (select g.id as id, g.name as name from CustomerGroup g"
            + " where g.vendor = :vendor) g on g.id = c.groupId where coalesce(c.id, 0) <> 0 and %2$s order by %3$s"
            + ON_PAGE;

    /** Where so many groups have a customer with one name, one look at all groups is faster than one for each customer. */
    private static final String ARE_MANY = "(select count(*) from (select c.id as id " + CUSTOMERS
            + " and %s order by c.name limit 1001) many) > 1000 and (" + RowCountHql.GROUPS.length() + ") < 100000";

    private static final String WITH_COLUMNS = "from (%s) g join lateral (select " + COLUMNS_OF_CUSTOMER
            + " from Customer c where c.vendor = :vendor and c.id = g.id order by c.id limit 1) c order by %s";

    /**
     * Customers that have a group, group by group. The arguments are the condition for a customer, the order within a group,
     * the most customers of each group, and the condition for a group.
     */
    private static final String BY_GROUP = "from CustomerGroup g join lateral (select " + COLUMNS_OF_CUSTOMER
            + ", c.groupId as groupId from Customer c where c.vendor = :vendor and c.groupId = g.id and %s order by %s"
            + " limit %s) c where g.vendor = :vendor and %s";

    private static final String WITHOUT_GROUP = "from Customer c left join CustomerGroup g on g.vendor = :vendor"
            + " and " + NO_ROW + " where c.vendor = :vendor and c.groupId is null and %s";

    private static final Hql WHOLE_LIST = HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.CUSTOMERS);

    CustomerList() {
        super(CUSTOMERS, CustomerRowMapper.HQL, RowCountHql.CUSTOMERS, WHOLE_LIST);
    }

    @Override
    protected boolean hasEnd() {
        return true;
    }

    @Override
    protected String items(Hql search, String where) {
        if (!search.parts().isEmpty()) {
            return inParts(search);
        }
        String order = search.orderBy();
        String page = page(search, where);
        if (canBeOneName(search)) {
            String areMany = ARE_MANY.formatted(where);
            page = "(" + page(search, where + " and not (" + areMany + ")") + ") union all ("
                    + PAGE_OF_ONE_NAME.formatted(where, areMany, order) + ")";
        }
        return "select " + selectedColumns() + " " + WITH_COLUMNS.formatted(page, order);
    }

    private static String page(Hql search, String where) {
        return PAGE.formatted(rows(search) + " and " + where, search.orderOfRows(), search.orderBy());
    }

    /** Whether a search finds customers with one name, which are sorted by group alone. */
    private static boolean canBeOneName(Hql search) {
        return search.bound() == RowBound.GROUPS
                && search.orderBy().equals(WHOLE_LIST.orderBy())
                && !search.where().equals(WHOLE_LIST.where())
                && !search.readsJoined();
    }

    private static String rows(Hql search) {
        return search.readsJoined() ? CUSTOMERS.replace(" where ", JOIN_GROUP + " where ") : CUSTOMERS;
    }

    private String inParts(Hql search) {
        return IntStream.range(0, search.parts().size())
                        .mapToObj(i -> part(search, search.parts().get(i), i))
                        .collect(joining(
                                " union all ",
                                "select " + forEachColumn(i -> "x.c" + i + " as c" + i) + " from (",
                                ") x order by x.part, x.place"))
                + ON_PAGE;
    }

    private String part(Hql search, Hql.Part part, int number) {
        String rows = part.orderWithinJoined() == null
                ? WITHOUT_GROUP.formatted(search.where())
                : byGroup(search, part.orderWithinJoined(), ":end");
        return "(select " + selectedColumns() + ", " + number + " as part, row_number() over (order by "
                + part.orderBy() + ") as place " + rows + " order by " + part.orderBy() + " limit :end)";
    }

    private static String byGroup(Hql search, String orderBy, Object limit) {
        return BY_GROUP.formatted(search.whereOfRows(), orderBy, limit, search.whereOfJoined());
    }

    /** By group, no limit of rows is meant, but a join without one is a plain join. */
    @Override
    protected String count(Hql search) {
        boolean isByGroup = search.parts().size() == 1;
        return "select count(*) "
                + (isByGroup ? byGroup(search, "c.name", Integer.MAX_VALUE) : rows(search) + " and " + search.where());
    }
}
