package backoffice.customer;

import static backoffice.persistence.VendorScope.ofVendor;
import static java.util.stream.Collectors.joining;

import backoffice.changes.Change;
import backoffice.changes.ChangeRepository;
import backoffice.changes.ChangeType;
import backoffice.envelope.ApiException;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.persistence.HqlParserWarmUp;
import backoffice.persistence.PageReader;
import backoffice.persistence.PagedList;
import backoffice.persistence.PagedRepository;
import backoffice.persistence.RowCounts;
import backoffice.persistence.SqlExecutor;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.Query;
import backoffice.search.SearchRequest;
import backoffice.search.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * The repository of customers, with and without a group (docs/api.md, section 5.1). {@link CustomerBatchRepository}
 * writes them.
 */
@Singleton
public class CustomerRepository extends PagedRepository {

    private static final String CUSTOMERS =
            "from Customer c left join CustomerGroup g on g.vendor = c.vendor and g.id = c.groupId where "
                    + ofVendor("c");

    private static final String BY_ID = "from (select c.id as id %s) found join Customer c on " + ofVendor("c")
            + " and c.id = found.id left join CustomerGroup g on " + ofVendor("g") + " and g.id = c.groupId";

    // No group has the id -1. With the condition "false", a cluster could not see that the join is within a vendor.
    private static final String WITHOUT_GROUP = "from Customer c left join CustomerGroup g on " + ofVendor("g")
            + " and g.id = -1 where " + ofVendor("c") + " and c.groupId is null";

    // The join is lateral because a plain join may compare each customer with each group. See docs/adr/0014.
    private static final String BY_GROUP = "from CustomerGroup g join lateral (select "
            + CustomerRowMapper.HQL.stream()
                    .filter(path -> path.startsWith("c."))
                    .map(path -> path + " as " + path.substring(2))
                    .collect(joining(", "))
            + ", c.groupId as groupId from Customer c where " + ofVendor("c")
            + " and c.groupId = g.id and %1$s order by %2$s"
            + " limit :end) c where " + ofVendor("g") + " and %1$s";

    private static final PagedList LIST = new PagedList(
            CustomerRowMapper.HQL,
            2,
            CUSTOMERS,
            new PagedList.AccessPaths(BY_ID, WITHOUT_GROUP, BY_GROUP),
            RowCounts.length(RowCounts.CUSTOMERS),
            RowCounts.version(RowCounts.CUSTOMERS),
            HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.CUSTOMERS),
            "c.name >= :from0 and (c.name > :from0 or coalesce(g.name, '') >= :from1)");
    private static final String FIND_WITHOUT_GROUP = "select " + CustomerRowMapper.SQL + """
             from customer c left join customer_group g on g.vendor = $1 and g.id = -1
            where c.vendor = $1 and c.name = $2 and c.group_id is null
            """;

    // One statement reads the group and the customer, so that both come from one snapshot. No row means that the group
    // does not exist. A row whose first column is null means that the customer does not exist.
    private static final String FIND_IN_GROUP = "select " + CustomerRowMapper.SQL + """
             from customer_group g left join customer c on c.vendor = $1 and c.group_id = g.id and c.name = $2
            where g.vendor = $1 and g.name = $3
            """;
    private static final String DELETED_DATA = "c.reg_date, " + CustomerRowMapper.texts(m -> "c." + m.column());
    private static final String DELETE_WITHOUT_GROUP =
            "delete from customer c where c.vendor = $1 and c.name = $2 and c.group_id is null"
                    + " returning c.name, cast(null as text) as group_name, " + DELETED_DATA;

    // The lock of the group puts the change before or after each rename and deletion of the group. See docs/adr/0030.
    private static final String DELETE_IN_GROUP =
            """
            with containing_group as (select id, name from customer_group where vendor = $1 and name = $3 for key share),
            deleted as (
                delete from customer c using containing_group
                where c.vendor = $1 and c.name = $2 and c.group_id = containing_group.id
                returning c.name,
            """ + DELETED_DATA + ") select c.name, g.name as group_name, " + DELETED_DATA
                    + " from containing_group g left join deleted c on true";

    static {
        List<Query> querys = List.of(
                new Query("name", "like", List.of("a%", "%b")),
                new Query("groupName", "not in", List.of("a", "b")),
                new Query("regDate", "between", List.of("2026-01-01", "2026-01-02")));
        HqlParserWarmUp.learn(
                searchStatement(new SearchRequest(querys, null)),
                searchStatement(new SearchRequest(null, List.of(new Sort("groupName", "desc")))));
    }

    private final ChangeRepository changes;

    CustomerRepository(SqlExecutor sql, PageReader pages, ChangeRepository changes) {
        super(sql, pages);
        this.changes = changes;
    }

    /** Reads a page of the customers that a search finds. */
    Uni<Page<CustomerData>> page(String vendor, Hql search, PageRange page) {
        return page(LIST, Map.of(), vendor, search, page, CustomerRowMapper::read);
    }

    /** Reads one customer; fails with 2001 when its group does not exist, and with 2101 when it does not exist. */
    Uni<CustomerData> get(String vendor, CustomerKey key) {
        return read(key.groupName() == null ? FIND_WITHOUT_GROUP : FIND_IN_GROUP, vendor, parameters(key))
                .map(rows -> CustomerRowMapper.read(found(rows, key)::getValue));
    }

    /** Deletes one customer; fails with 2001 and 2101 as {@link #get} does. */
    Uni<Void> delete(String vendor, CustomerKey key) {
        String statement = key.groupName() == null ? DELETE_WITHOUT_GROUP : DELETE_IN_GROUP;
        return changes.recording(
                        vendor,
                        () -> execute(statement, vendor, parameters(key))
                                .map(rows -> CustomerRowMapper.read(found(rows, key)::getValue)),
                        deleted -> List.of(new Change(ChangeType.CUSTOMER_DELETED, deleted, null)))
                .replaceWithVoid();
    }

    private static String searchStatement(SearchRequest request) {
        return LIST.find("", Map.of(), HqlTranslator.translate(request, Fields.CUSTOMERS))
                .items();
    }

    private static Object[] parameters(CustomerKey key) {
        String name = key.name().value();
        return key.groupName() == null
                ? new Object[] {name}
                : new Object[] {name, key.groupName().value()};
    }

    private static Row found(RowSet<Row> rows, CustomerKey key) {
        if (rows.size() == 0 && key.groupName() != null) {
            throw new ApiException(Problem.NO_SUCH_GROUP, key.groupName().value());
        }
        if (rows.size() == 0 || rows.iterator().next().getValue(0) == null) {
            throw key.notFound();
        }
        return rows.iterator().next();
    }
}
