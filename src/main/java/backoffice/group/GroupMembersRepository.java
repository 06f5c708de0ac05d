package backoffice.group;

import static backoffice.persistence.Citus.RETURNING_SOMETHING;

import backoffice.customer.Customer;
import backoffice.customer.CustomerKey;
import backoffice.customer.RegDate;
import backoffice.customer.RowLocks;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.pagination.PageRange;
import backoffice.pagination.PagedList;
import backoffice.pagination.PagedRepository;
import backoffice.pagination.RowCountHql;
import backoffice.persistence.Database;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import backoffice.search.Hql;
import backoffice.value.Name;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The repository of the customers in groups (docs/api.md, sections 3.5, 4.3 and 4.4). A batch of any size is one
 * transaction of at most three statements, unless {@link RowLocks} meets a concurrent change.
 */
@Singleton
public class GroupMembersRepository extends PagedRepository<Customer> {

    private static final PagedList MEMBERS = new PagedList(
                    "from Customer c where c.vendor = :vendor and c.groupId ="
                            + " (select g.id from CustomerGroup g where g.vendor = :vendor and g.name = :group)",
                    List.of(new PagedList.Column("name", "c.name", false)),
                    RowCountHql.MEMBERS,
                    allOf(Map.of()))
            .warmUp();

    // With the order by name, batches that bring the same names into one group wait for each other at the first common
    // name and do not deadlock. The join keeps the order: its plan does not see how many rows come. See docs/adr/0008.
    static final String MOVE = """
            update customer c set group_id = $4
            from (select id from unnest((select cast($2 as bigint[])), (select cast($3 as text[]))) as r (id, name)
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

    GroupMembersRepository(Database database, RowLocks locks, @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        super(database);
        this.locks = locks;
        this.zone = zone;
    }

    /** Reads a page of the customers in a group, by name; fails with 2001 when the group does not exist. */
    Work<Page<CustomerKey>> page(Name group, PageRange page) {
        return page(
                        MEMBERS,
                        allOf(Map.of("group", group.value())),
                        page,
                        row -> new CustomerKey(Name.stored((String) row.apply(0)), group))
                .map(members -> {
                    if (members == null) {
                        throw new ApiException(Problem.NO_SUCH_GROUP, group.value());
                    }
                    return members;
                });
    }

    private static Hql allOf(Map<String, Object> group) {
        return new Hql(
                Hql.Where.EVERYTHING, new Hql.OrderBy("c.name", "c.name", List.of()), new Hql.Effort(true, 1), group);
    }

    /**
     * Adds customers to a group, and returns the items of the response. Fails with 2001 when the group does not exist, and
     * as {@link MovePlan}.
     */
    Work<List<CustomerKey>> add(Name group, List<CustomerKey> batch) {
        return move(group, batch, group);
    }

    /**
     * Takes customers out of a group, and returns the items of the response. Fails with 1001 when an entry has another
     * {@code groupName}, with 2001 when the group does not exist, and as {@link MovePlan}.
     */
    Work<List<CustomerKey>> remove(Name group, List<CustomerKey> batch) {
        for (int i = 0; i < batch.size(); i++) {
            Name sent = batch.get(i).groupName();
            if (sent != null && !sent.equals(group)) {
                throw new ApiException(Problem.OTHER_GROUP, sent.value(), group.value())
                        .at(Location.BODY.entry(i).member("groupName"));
            }
        }
        return move(group, in(group, batch), null);
    }

    /** @param target the group in the path, or null */
    private Work<List<CustomerKey>> move(Name group, List<CustomerKey> batch, Name target) {
        Set<CustomerKey> customers = new HashSet<>(batch);
        customers.addAll(in(target, batch));
        return Work.changeRows(
                batch.size(),
                db -> locks.lock(db, customers).chain(locked -> {
                    Long groupId = locked.groupId(group);
                    MovePlan plan = new MovePlan(batch, target, locked);
                    return moveRows(db, plan.moved, target == null ? null : groupId)
                            .chain(() -> createRows(db, plan.created, groupId))
                            .replaceWith(() -> in(target, plan.entries));
                }));
    }

    /** The customers of these names in a group; without a group if it is null. */
    private static List<CustomerKey> in(Name group, Collection<CustomerKey> batch) {
        return batch.stream().map(entry -> new CustomerKey(entry.name(), group)).toList();
    }

    private Uni<Void> moveRows(VendorSql db, Map<Name, Long> customers, Long group) {
        Long[] ids = customers.values().toArray(Long[]::new);
        return db.updateRows(ids.length, MOVE, ids, names(customers.keySet()), group);
    }

    private Uni<Void> createRows(VendorSql db, Set<Name> customers, Long group) {
        LocalDateTime now = RegDate.now(zone).value();
        return db.updateRows(customers.size(), CREATE, names(customers), group, now);
    }

    private static String[] names(Set<Name> names) {
        return names.stream().map(Name::value).toArray(String[]::new);
    }
}
