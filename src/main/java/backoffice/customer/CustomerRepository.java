package backoffice.customer;

import static backoffice.persistence.CitusForms.NO_ROW;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Problem;
import backoffice.pagination.PageRange;
import backoffice.pagination.PagedList;
import backoffice.pagination.PagedRepository;
import backoffice.persistence.Change;
import backoffice.persistence.Read;
import backoffice.persistence.VendorSql;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.SearchRequest;
import backoffice.search.SearchRequest.Query;
import backoffice.search.SearchRequest.Sort;
import backoffice.value.Vendor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/**
 * The repository of customers, with and without a group (docs/api.md, section 5.1). {@link CustomerWriter}
 * writes them.
 */
@Singleton
public class CustomerRepository extends PagedRepository<Customer> {

    private static final PagedList LIST = new CustomerList().warmUp(searches());
    private static final String FIND_WITHOUT_GROUP = "select " + CustomerRowMapper.SQL + """
             from customer c left join customer_group g on g.vendor = $1 and
            """ + NO_ROW + """
             where c.vendor = $1 and c.name = $2 and c.group_id is null
            """;

    // One statement reads the group and the customer, so that both come from one snapshot. No row means that the group
    // does not exist. A row whose first column is null means that the customer does not exist.
    private static final String FIND_IN_GROUP = "select " + CustomerRowMapper.SQL + """
             from customer_group g left join customer c on c.vendor = $1 and c.group_id = g.id and c.name = $2
            where g.vendor = $1 and g.name = $3
            """;
    private static final String DELETE_WITHOUT_GROUP =
            "delete from customer c where c.vendor = $1 and c.name = $2 and c.group_id is null returning c.name";

    // The lock of the group comes before that of the customer, as in a deletion of the group, so that one waits for the
    // other and they do not deadlock.
    private static final String DELETE_IN_GROUP = """
            with containing_group as (select id from customer_group where vendor = $1 and name = $3 for key share),
            deleted as (
                delete from customer c using containing_group
                where c.vendor = $1 and c.name = $2 and c.group_id = containing_group.id returning c.name
            )
            select c.name from containing_group g left join deleted c on true
            """;

    CustomerRepository(VendorSql sql) {
        super(sql);
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

    /** Reads a page of the customers that a search finds. */
    Read<Page<CustomerData>> page(Vendor vendor, Hql search, PageRange page) {
        return page(vendor, LIST, search, page, CustomerRowMapper::read);
    }

    /** Reads one customer; fails with 2001 when its group does not exist, and with 2101 when it does not exist. */
    Read<Page<CustomerData>> get(Vendor vendor, CustomerKey key) {
        String statement = key.groupName() == null ? FIND_WITHOUT_GROUP : FIND_IN_GROUP;
        return Read.oneRow(() -> sql.selectByKey(vendor, statement, parameters(key))
                .invoke(rows -> requireFound(rows, key))
                .map(rows -> Page.of(CustomerRowMapper.read(column -> rows.get(0)[column]))));
    }

    /** Deletes one customer; fails with 2001 and 2101 as {@link #get} does. */
    Change<List<CustomerKey>> delete(Vendor vendor, CustomerKey key) {
        String statement = key.groupName() == null ? DELETE_WITHOUT_GROUP : DELETE_IN_GROUP;
        return Change.ofRow(() -> sql.updateReturning(vendor, statement, parameters(key))
                .invoke(rows -> requireFound(rows, key))
                .replaceWith(List.of(key)));
    }

    private static Object[] parameters(CustomerKey key) {
        String name = key.name().value();
        return key.groupName() == null
                ? new Object[] {name}
                : new Object[] {name, key.groupName().value()};
    }

    private static void requireFound(List<Object[]> rows, CustomerKey key) {
        if (rows.isEmpty() && key.groupName() != null) {
            throw new ApiException(Problem.NO_SUCH_GROUP, key.groupName().value());
        }
        if (rows.isEmpty() || rows.get(0)[0] == null) {
            throw key.notFound();
        }
    }
}
