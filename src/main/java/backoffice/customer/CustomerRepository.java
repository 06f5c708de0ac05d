package backoffice.customer;

import backoffice.database.Database;
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
import backoffice.search.SearchRequest;
import backoffice.value.Name;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** The customers of a vendor, with and without a group (contract, section 5). */
@ApplicationScoped
public class CustomerRepository implements PanacheRepository<Customer> {

    private static final String CUSTOMERS =
            "from Customer c left join CustomerGroup g on g.vendor = c.vendor and g.id = c.groupId where c.vendor = :vendor";
    private static final TalliedList LIST = new TalliedList(
            CustomerRows.HQL,
            2,
            CUSTOMERS,
            Tally.length(Tally.CUSTOMERS),
            Tally.version(Tally.CUSTOMERS),
            HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.CUSTOMERS),
            "c.name >= :from0 and (c.name > :from0 or coalesce(g.name, '') >= :from1)");
    private static final String FIND =
            "select " + String.join(", ", CustomerRows.HQL) + " " + CUSTOMERS + " and c.name = :name and ";
    private static final String DELETE = "delete from Customer c where c.vendor = :vendor and c.name = :name and ";
    private static final String WITHOUT_GROUP = "c.groupId is null";
    private static final String IN_GROUP =
            "c.groupId = (select o.id from CustomerGroup o where o.vendor = :vendor and o.name = :group)";
    private static final String COUNT_GROUP =
            "select count(*) from CustomerGroup g where g.vendor = :vendor and g.name = :group";

    private final Database database;
    private final Pages pages;

    CustomerRepository(Database database, Pages pages) {
        this.database = database;
        this.pages = pages;
    }

    /** A page of the customers that a search finds. */
    Uni<Page<CustomerData>> page(String vendor, Hql search, PageRange page) {
        PageStatement statement = LIST.find(Map.of("vendor", vendor), search);
        return database.statement(
                () -> getSession().chain(session -> pages.read(session, statement, page, CustomerRows::read)));
    }

    /** Fails with 2001 when there is no such group, and with 2101 when there is no such customer. */
    Uni<CustomerData> get(String vendor, CustomerKey key) {
        return database.statement(() -> getSession()
                        .chain(session -> identified(
                                        session.createSelectionQuery(FIND + place(key), Object[].class), vendor, key)
                                .getSingleResultOrNull()))
                .onItem()
                .ifNull()
                .switchTo(() -> absent(vendor, key))
                .map(CustomerRows::read);
    }

    /** Fails with 2001 when there is no such group, and with 2101 when there is no such customer. */
    Uni<Void> delete(String vendor, CustomerKey key) {
        return database.statement(() -> getSession()
                        .chain(session -> identified(session.createMutationQuery(DELETE + place(key)), vendor, key)
                                .executeUpdate()))
                .chain(deleted ->
                        deleted == 0 ? absent(vendor, key) : Uni.createFrom().voidItem());
    }

    private static String place(CustomerKey key) {
        return key.groupName() == null ? WITHOUT_GROUP : IN_GROUP;
    }

    private static <Q extends Mutiny.AbstractQuery> Q identified(Q query, String vendor, CustomerKey key) {
        query.setParameter("vendor", vendor).setParameter("name", key.name().value());
        if (key.groupName() != null) {
            query.setParameter("group", key.groupName().value());
        }
        return query;
    }

    /** Why a customer was not found. */
    private <T> Uni<T> absent(String vendor, CustomerKey key) {
        if (key.groupName() == null) {
            return Uni.createFrom().failure(key.absent());
        }
        return countGroup(vendor, key.groupName())
                .chain(groups -> Uni.createFrom()
                        .failure(
                                groups == 0
                                        ? new ApiException(
                                                Problem.NO_SUCH_GROUP,
                                                key.groupName().value())
                                        : key.absent()));
    }

    private Uni<Long> countGroup(String vendor, Name group) {
        return database.statement(() -> getSession()
                .chain(session -> session.createSelectionQuery(COUNT_GROUP, Long.class)
                        .setParameter("vendor", vendor)
                        .setParameter("group", group.value())
                        .getSingleResult()));
    }
}
