package backoffice.customer;

import static backoffice.persistence.CitusForms.NO_ROW;
import static java.util.stream.Collectors.joining;

import backoffice.pagination.PagedList;
import backoffice.pagination.RowCountHql;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import java.util.List;
import java.util.stream.IntStream;

/** The list of a vendor's customers. Its searches are written so that an index serves them. See docs/adr/0013. */
final class CustomerList extends PagedList {

    private static final String CUSTOMERS = "from Customer c left join CustomerGroup g on g.vendor = c.vendor"
            + " and g.id = c.groupId where c.vendor = :vendor";

    /** Joins the customers of a page by id, in any order. The argument is the rows, with their order and the page. */
    private static final String BY_ID = "from (select c.id as id %s) found join Customer c on c.vendor = :vendor"
            + " and c.id = found.id left join CustomerGroup g on g.vendor = :vendor and g.id = c.groupId";

    private static final String WITHOUT_GROUP = "from Customer c left join CustomerGroup g on g.vendor = :vendor"
            + " and " + NO_ROW + " where c.vendor = :vendor and c.groupId is null";

    /**
     * The customers that have a group, group by group. The arguments are the condition of the search and the order
     * within a group. The join is lateral because a plain join may compare each customer with each group. See
     * docs/adr/0014.
     */
    private static final String BY_GROUP = "from CustomerGroup g join lateral (select "
            + CustomerRowMapper.HQL.stream()
                    .filter(path -> path.startsWith("c."))
                    .map(path -> path + " as " + path.substring(2))
                    .collect(joining(", "))
            + ", c.groupId as groupId from Customer c where c.vendor = :vendor"
            + " and c.groupId = g.id and %1$s order by %2$s limit :end) c where g.vendor = :vendor and %1$s";

    CustomerList() {
        super(
                CUSTOMERS,
                CustomerRowMapper.HQL,
                2,
                "c.name >= :from0 and (c.name > :from0 or coalesce(g.name, '') >= :from1)",
                RowCountHql.CUSTOMERS,
                HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.CUSTOMERS));
    }

    /** Finds the ids in an index first, and then reads only the rows of the page. */
    @Override
    protected String foundItems(String found, Hql search) {
        return search.parts().isEmpty()
                ? "select " + selectedColumns() + " "
                        + BY_ID.formatted(found + " order by " + search.orderBy() + ON_PAGE) + " order by "
                        + search.orderBy()
                : itemsInParts(search.where(), search.parts()) + ON_PAGE;
    }

    private String itemsInParts(String where, List<Hql.Part> parts) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> "(select " + selectedColumns() + ", " + i + " as part, row_number() over (order by "
                        + parts.get(i).orderBy() + ") as place " + rowsOfPart(where, parts.get(i)) + " order by "
                        + parts.get(i).orderBy() + " limit :end)")
                .collect(joining(
                        " union all ",
                        "select " + forEachColumn(i -> "x.c" + i + " as c" + i) + " from (",
                        ") x order by x.part, x.place"));
    }

    private static String rowsOfPart(String where, Hql.Part part) {
        return part.orderByWithoutFirst() == null
                ? WITHOUT_GROUP + " and " + where
                : BY_GROUP.formatted(where, part.orderByWithoutFirst());
    }
}
