package backoffice.customer;

import static java.util.stream.Collectors.joining;

import backoffice.database.Database;
import backoffice.database.HqlGrammar;
import backoffice.database.PageStatement;
import backoffice.database.Pages;
import backoffice.database.TalliedList;
import backoffice.database.Tally;
import backoffice.envelope.ApiException;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.search.Fields;
import backoffice.search.Hql;
import backoffice.search.HqlTranslator;
import backoffice.search.Query;
import backoffice.search.SearchRequest;
import backoffice.search.Sort;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The customers of a vendor, with and without a group (contract, section 5). */
@ApplicationScoped
public class CustomerRepository implements PanacheRepository<Customer> {

    private static final String CUSTOMERS =
            "from Customer c left join CustomerGroup g on g.vendor = c.vendor and g.id = c.groupId where c.vendor = :vendor";

    private static final String BY_ID =
            "from (select c.id as id %s) found join Customer c on c.vendor = :vendor and c.id = found.id"
                    + " left join CustomerGroup g on g.vendor = :vendor and g.id = c.groupId";

    // An ordinary join may compare each customer with each group, where PostgreSQL expects few of them.
    private static final String WITHOUT_GROUP =
            "from Customer c left join CustomerGroup g on 1 = 0 where c.vendor = :vendor and c.groupId is null";
    private static final String BY_GROUP = "from CustomerGroup g join lateral (select "
            + CustomerRows.HQL.stream()
                    .filter(path -> path.startsWith("c."))
                    .map(path -> path + " as " + path.substring(2))
                    .collect(joining(", "))
            + ", c.groupId as groupId from Customer c where c.vendor = :vendor and c.groupId = g.id and %1$s order by %2$s"
            + " limit :end) c where g.vendor = :vendor and %1$s";

    private static final TalliedList LIST = new TalliedList(
            CustomerRows.HQL,
            2,
            CUSTOMERS,
            new TalliedList.Paths(BY_ID, WITHOUT_GROUP, BY_GROUP),
            Tally.length(Tally.CUSTOMERS),
            Tally.version(Tally.CUSTOMERS),
            HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.CUSTOMERS),
            "c.name >= :from0 and (c.name > :from0 or coalesce(g.name, '') >= :from1)");
    private static final String FIND_WITHOUT_GROUP = "select " + CustomerRows.SQL + """
             from customer c left join customer_group g on false
            where c.vendor = $1 and c.name = $2 and c.group_id is null
            """;

    // Whether a customer is missing or its group must be of one snapshot: no row means no group, and nothing in its
    // first column no customer.
    private static final String FIND_IN_GROUP = "select " + CustomerRows.SQL + """
             from customer_group g left join customer c on c.vendor = $1 and c.group_id = g.id and c.name = $2
            where g.vendor = $1 and g.name = $3
            """;
    private static final String DELETE_WITHOUT_GROUP = """
            delete from customer where vendor = $1 and name = $2 and group_id is null returning id
            """;
    private static final String DELETE_IN_GROUP = """
            with place as (select id from customer_group where vendor = $1 and name = $3),
            deleted as (
                delete from customer c using place
                where c.vendor = $1 and c.name = $2 and c.group_id = place.id
                returning c.id)
            select deleted.id from place left join deleted on true
            """;

    static {
        List<Query> querys = List.of(
                new Query("name", "like", List.of("a%", "%b")),
                new Query("groupName", "not in", List.of("a", "b")),
                new Query("regDate", "between", List.of("2026-01-01", "2026-01-02")));
        HqlGrammar.learn(
                searchStatement(new SearchRequest(querys, null)),
                searchStatement(new SearchRequest(null, List.of(new Sort("groupName", "desc")))));
    }

    private final Database database;
    private final Pages pages;

    CustomerRepository(Database database, Pages pages) {
        this.database = database;
        this.pages = pages;
    }

    /** A page of the customers that a search finds. */
    Uni<Page<CustomerData>> page(String vendor, Hql search, PageRange page) {
        PageStatement statement = LIST.find(Map.of("vendor", vendor), search);
        return pages.read(this, statement, page, CustomerRows::read);
    }

    /** Fails with 2001 when there is no such group, and with 2101 when there is no such customer. */
    Uni<CustomerData> get(String vendor, CustomerKey key) {
        return database.read(key.groupName() == null ? FIND_WITHOUT_GROUP : FIND_IN_GROUP, parameters(vendor, key))
                .map(rows -> CustomerRows.read(found(rows, key)::getValue));
    }

    /** Fails with 2001 when there is no such group, and with 2101 when there is no such customer. */
    Uni<Void> delete(String vendor, CustomerKey key) {
        return database.execute(
                        key.groupName() == null ? DELETE_WITHOUT_GROUP : DELETE_IN_GROUP, parameters(vendor, key))
                .invoke(rows -> found(rows, key))
                .replaceWithVoid();
    }

    private static String searchStatement(SearchRequest request) {
        return LIST.find(Map.of(), HqlTranslator.translate(request, Fields.CUSTOMERS))
                .items();
    }

    private static Tuple parameters(String vendor, CustomerKey key) {
        String name = key.name().value();
        return key.groupName() == null
                ? Tuple.of(vendor, name)
                : Tuple.of(vendor, name, key.groupName().value());
    }

    private static Row found(RowSet<Row> rows, CustomerKey key) {
        if (rows.size() == 0 && key.groupName() != null) {
            throw new ApiException(Problem.NO_SUCH_GROUP, key.groupName().value());
        }
        if (rows.size() == 0 || rows.iterator().next().getValue(0) == null) {
            throw key.absent();
        }
        return rows.iterator().next();
    }
}
