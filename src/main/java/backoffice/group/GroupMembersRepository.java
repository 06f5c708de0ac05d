package backoffice.group;

import static backoffice.persistence.VendorScope.ofVendor;

import backoffice.customer.CustomerKey;
import backoffice.customer.LockedRows;
import backoffice.customer.RegistrationClock;
import backoffice.customer.RowLockRepository;
import backoffice.envelope.ApiException;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.persistence.PageReader;
import backoffice.persistence.PagedList;
import backoffice.persistence.PagedRepository;
import backoffice.persistence.RowCounts;
import backoffice.persistence.SqlExecutor;
import backoffice.search.Hql;
import backoffice.value.Name;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The customers of a group (contract, section 4). A batch is one transaction of three statements at the most, whatever its size. */
@Singleton
public class GroupMembersRepository extends PagedRepository {

    private static final String ID =
            "(select g.id from CustomerGroup g where " + ofVendor("g") + " and g.name = :group)";
    private static final Hql ALL = new Hql("1 = 1", "c.name", List.of(), Map.of());
    private static final PagedList MEMBERS = new PagedList(
            List.of("c.name"),
            1,
            "from Customer c where " + ofVendor("c") + " and c.groupId = " + ID,
            null,
            "select (" + RowCounts.length("g.id")
                    + ") from CustomerGroup g where g.vendor = :vendor and g.name = :group",
            RowCounts.version(ID),
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

    private final RowLockRepository locks;
    private final RegistrationClock clock;

    GroupMembersRepository(SqlExecutor sql, PageReader pages, RowLockRepository locks, RegistrationClock clock) {
        super(sql, pages);
        this.locks = locks;
        this.clock = clock;
    }

    /** A page of the group's customers by name; fails with 2001 when there is no such group. */
    Uni<Page<CustomerKey>> page(String vendor, Name group, PageRange page) {
        return page(
                        MEMBERS,
                        Map.of("group", group.value()),
                        vendor,
                        ALL,
                        page,
                        row -> new CustomerKey(new Name((String) row.apply(0)), group))
                .onItem()
                .ifNull()
                .failWith(() -> new ApiException(Problem.NO_SUCH_GROUP, group.value()));
    }

    /** Adds customers to the group; fails with 2001 when there is none, and as {@link AddPlan} tells. */
    Uni<List<CustomerKey>> add(String vendor, Name group, List<CustomerKey> batch) {
        return transaction(() -> lock(vendor, group, batch).chain(locked -> {
            AddPlan plan = new AddPlan(group, batch, locked);
            long target = locked.group(group);
            return move(vendor, plan.moved(), target)
                    .chain(() -> create(vendor, plan.created(), target))
                    .replaceWith(plan::outcome);
        }));
    }

    /** Takes customers, checked with {@link RemovePlan#requireForm}, out of the group; fails with 2001 when there is none, and as {@link RemovePlan} tells. */
    Uni<List<CustomerKey>> remove(String vendor, Name group, List<CustomerKey> batch) {
        return transaction(() -> lock(vendor, group, batch).chain(locked -> {
            RemovePlan plan = new RemovePlan(group, batch, locked);
            return move(vendor, plan.removed(), null).replaceWith(plan::outcome);
        }));
    }

    /** Each customer where it may be now: in the group that its entry names, in none, or in the target already. */
    private Uni<LockedRows> lock(String vendor, Name group, List<CustomerKey> batch) {
        List<CustomerKey> keys = batch.stream()
                .flatMap(entry -> Stream.of(entry, new CustomerKey(entry.name(), group)))
                .toList();
        return locks.lock(vendor, keys).invoke(locked -> locked.group(group));
    }

    private Uni<Void> move(String vendor, Map<Name, Long> customers, Long group) {
        Long[] ids = customers.values().toArray(Long[]::new);
        String[] names = customers.keySet().stream().map(Name::value).toArray(String[]::new);
        return executeUnlessEmpty(ids, MOVE, vendor, ids, names, group);
    }

    private Uni<Void> create(String vendor, List<Name> customers, long group) {
        String[] names = customers.stream().map(Name::value).toArray(String[]::new);
        return executeUnlessEmpty(names, CREATE, vendor, names, group, clock.now());
    }
}
