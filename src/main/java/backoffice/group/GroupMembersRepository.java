package backoffice.group;

import backoffice.customer.Customer;
import backoffice.customer.CustomerKey;
import backoffice.customer.RegistrationClock;
import backoffice.customer.Roster;
import backoffice.customer.RosterRepository;
import backoffice.database.Database;
import backoffice.database.PageStatement;
import backoffice.database.Pages;
import backoffice.database.TalliedList;
import backoffice.database.Tally;
import backoffice.envelope.ApiException;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.search.Hql;
import backoffice.value.Name;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The customers of a group (contract, section 4). A batch is one transaction of three statements at the most, whatever its size. */
@ApplicationScoped
public class GroupMembersRepository implements PanacheRepository<Customer> {

    private static final String ID = "(select g.id from CustomerGroup g where g.vendor = :vendor and g.name = :group)";
    private static final Hql ALL = new Hql("1 = 1", "c.name", List.of(), Map.of());
    private static final TalliedList MEMBERS = new TalliedList(
            List.of("c.name"),
            1,
            "from Customer c where c.vendor = :vendor and c.groupId = " + ID,
            null,
            "select (" + Tally.length("g.id") + ") from CustomerGroup g where g.vendor = :vendor and g.name = :group",
            Tally.version(ID),
            ALL,
            "c.name >= :from0");

    // An insert takes its rows in order; an update does not. So batches that bring the same names into one group, be it
    // as moved or as new customers, wait for each other at their first common name, and do not deadlock. No row is
    // inserted: each customer is there, and is locked.
    static final String MOVE = """
            insert into customer (vendor, id, name, reg_date) overriding system value
            select $1, moved.id, moved.name, localtimestamp
            from unnest(cast($2 as bigint[]), cast($3 as text[])) as moved (id, name) order by moved.name collate "C"
            on conflict (vendor, id) do update set group_id = $4
            """;
    private static final String CREATE = """
            insert into customer (vendor, name, group_id, reg_date)
            select $1, name, $3, $4 from unnest(cast($2 as text[])) as name order by name collate "C"
            """;

    private final Database database;
    private final Pages pages;
    private final RosterRepository rosters;
    private final RegistrationClock clock;

    GroupMembersRepository(Database database, Pages pages, RosterRepository rosters, RegistrationClock clock) {
        this.database = database;
        this.pages = pages;
        this.rosters = rosters;
        this.clock = clock;
    }

    /** A page of the group's customers by name; fails with 2001 when there is no such group. */
    Uni<Page<CustomerKey>> page(String vendor, Name group, PageRange page) {
        PageStatement statement = MEMBERS.find(Map.of("vendor", vendor, "group", group.value()), ALL);
        return pages.read(this, statement, page, row -> new CustomerKey(new Name((String) row.apply(0)), group))
                .onItem()
                .ifNull()
                .failWith(() -> new ApiException(Problem.NO_SUCH_GROUP, group.value()));
    }

    /** Adds customers to the group; fails with 2001 when there is none, and as {@link AddPlan} tells. */
    Uni<List<CustomerKey>> add(String vendor, Name group, List<CustomerKey> batch) {
        return database.transaction(() -> lock(vendor, group, batch).chain(roster -> {
            AddPlan plan = new AddPlan(group, batch, roster);
            long target = roster.group(group);
            return move(vendor, plan.moved(), target)
                    .chain(() -> create(vendor, plan.created(), target))
                    .replaceWith(plan::outcome);
        }));
    }

    /** Takes customers, checked with {@link RemovePlan#requireForm}, out of the group; fails with 2001 when there is none, and as {@link RemovePlan} tells. */
    Uni<List<CustomerKey>> remove(String vendor, Name group, List<CustomerKey> batch) {
        return database.transaction(() -> lock(vendor, group, batch).chain(roster -> {
            RemovePlan plan = new RemovePlan(group, batch, roster);
            return move(vendor, plan.removed(), null).replaceWith(plan::outcome);
        }));
    }

    /** Each customer where it may be now: in the group that its entry names, in none, or in the target already. */
    private Uni<Roster> lock(String vendor, Name group, List<CustomerKey> batch) {
        List<CustomerKey> places = batch.stream()
                .flatMap(entry -> Stream.of(entry, new CustomerKey(entry.name(), group)))
                .toList();
        return rosters.lock(vendor, places).invoke(roster -> roster.group(group));
    }

    private Uni<Void> move(String vendor, Map<Name, Long> customers, Long group) {
        Long[] ids = customers.values().toArray(Long[]::new);
        String[] names = customers.keySet().stream().map(Name::value).toArray(String[]::new);
        return database.executeUnlessEmpty(ids, MOVE, Tuple.of(vendor, ids, names, group));
    }

    private Uni<Void> create(String vendor, List<Name> customers, long group) {
        String[] names = customers.stream().map(Name::value).toArray(String[]::new);
        return database.executeUnlessEmpty(names, CREATE, Tuple.of(vendor, names, group, clock.now()));
    }
}
