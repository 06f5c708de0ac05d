package backoffice.group;

import static backoffice.persistence.CitusForms.RETURNING_SOMETHING;
import static java.util.stream.Collectors.toSet;

import backoffice.customer.Customer;
import backoffice.customer.CustomerKey;
import backoffice.customer.RegDate;
import backoffice.customer.RowLocks;
import backoffice.customer.RowLocks.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Problem;
import backoffice.pagination.PageRange;
import backoffice.pagination.PagedList;
import backoffice.pagination.PagedRepository;
import backoffice.pagination.RowCountHql;
import backoffice.persistence.Change;
import backoffice.persistence.Read;
import backoffice.persistence.VendorSql;
import backoffice.search.Hql;
import backoffice.search.RowBound;
import backoffice.value.Name;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The repository of the customers in groups (docs/api.md, sections 3.5, 4.3 and 4.4). A batch of any size is one
 * transaction of at most three statements, unless {@link RowLocks} meets a concurrent change.
 */
@Singleton
public class GroupMembersRepository extends PagedRepository<Customer> {

    private static final Hql ALL = new Hql(
            Hql.ALWAYS_TRUE, Hql.ALWAYS_TRUE, "c.name", "c.name", RowBound.VALUES, 1, null, List.of(), Map.of());
    private static final PagedList MEMBERS = new PagedList(
                    "from Customer c where c.vendor = :vendor and c.groupId ="
                            + " (select g.id from CustomerGroup g where g.vendor = :vendor and g.name = :group)",
                    List.of(new PagedList.Column("name", "c.name")),
                    RowCountHql.MEMBERS,
                    ALL)
            .warmUp();

    // With the order by name, batches that bring the same names into one group wait for each other at the first common
    // name and do not deadlock. The join keeps the order: its plan expects few rows. See docs/adr/0008.
    static final String MOVE = """
            update customer c set group_id = $4
            from (select id from unnest(cast($2 as bigint[]), cast($3 as text[])) as r (id, name)
                order by name collate "C") moved
            where c.vendor = $1 and c.id = moved.id
            """;

    private static final String CREATE = """
            insert into customer (vendor, name, group_id, reg_date)
            select cast($1 as text), name, cast($3 as bigint), cast($4 as timestamp)
            from unnest(cast($2 as text[])) as name order by name collate "C"
            """ + RETURNING_SOMETHING;

    private final RowLocks locks;
    private final ZoneId zone;

    GroupMembersRepository(VendorSql sql, RowLocks locks, @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        super(sql);
        this.locks = locks;
        this.zone = zone;
    }

    /** Reads a page of the customers in a group, by name; fails with 2001 when the group does not exist. */
    Read<Page<CustomerKey>> page(Vendor vendor, Name group, PageRange page) {
        return page(
                        vendor,
                        MEMBERS.all(Map.of("group", group.value())),
                        page,
                        row -> new CustomerKey(new Name((String) row.apply(0)), group))
                .map(members -> {
                    if (members == null) {
                        throw new ApiException(Problem.NO_SUCH_GROUP, group.value());
                    }
                    return members;
                });
    }

    /**
     * Adds customers to a group, and returns the items of the response. Fails with 2001 when the group does not exist, and
     * as {@link AddPlan}.
     */
    Change<List<CustomerKey>> add(Vendor vendor, Name group, List<CustomerKey> batch) {
        return Change.ofBatch(
                batch.size(),
                () -> lock(vendor, group, Stream.concat(batch.stream(), in(group, batch)))
                        .chain(locked -> {
                            AddPlan plan = new AddPlan(group, batch, locked);
                            long target = locked.groupId(group);
                            return move(vendor, plan.moved, target)
                                    .chain(() -> create(vendor, plan.created, target))
                                    .replaceWith(plan::result);
                        }));
    }

    /**
     * Takes customers out of a group, and returns the items of the response. Fails with 2001 when the group does not
     * exist, and as {@link RemovePlan}.
     */
    Change<List<CustomerKey>> remove(Vendor vendor, Name group, List<CustomerKey> batch) {
        RemovePlan.requireForm(group, batch);
        return Change.ofBatch(
                batch.size(),
                () -> lock(vendor, group, Stream.concat(in(group, batch), in(null, batch)))
                        .chain(locked -> {
                            RemovePlan plan = new RemovePlan(group, batch, locked);
                            return move(vendor, plan.removed, null).replaceWith(plan::result);
                        }));
    }

    /** Locks customers and their groups. Fails with 2001 when the group in the path does not exist. */
    private Uni<LockedRows> lock(Vendor vendor, Name group, Stream<CustomerKey> customers) {
        return locks.lock(vendor, customers.collect(toSet())).invoke(locked -> locked.groupId(group));
    }

    /** The customers of these names in a group; without a group if it is null. */
    private static Stream<CustomerKey> in(Name group, List<CustomerKey> batch) {
        return batch.stream().map(entry -> new CustomerKey(entry.name(), group));
    }

    private Uni<Void> move(Vendor vendor, Map<Name, Long> customers, Long group) {
        Long[] ids = customers.values().toArray(Long[]::new);
        String[] names = customers.keySet().stream().map(Name::value).toArray(String[]::new);
        return sql.updateRows(ids.length, vendor, MOVE, ids, names, group);
    }

    private Uni<Void> create(Vendor vendor, Set<Name> customers, long group) {
        String[] names = customers.stream().map(Name::value).toArray(String[]::new);
        return sql.updateRows(
                names.length, vendor, CREATE, names, group, RegDate.now(zone).value());
    }
}
