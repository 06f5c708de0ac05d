package backoffice.customer;

import static backoffice.persistence.Citus.PINNED;
import static java.util.stream.Collectors.partitioningBy;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.persistence.VendorSql;
import backoffice.value.Name;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Locks the groups and customers of a batch in one consistent state. Its statement is repeated while
 * another transaction has changed one of the customers, until the deadline of the call. See docs/adr/0008.
 */
@Singleton
public class RowLocks {

    // All batches lock customers in the order of their ids, so that they do not deadlock. They share the locks of
    // groups. After a wait for a lock, PostgreSQL returns the locked row as it is now, or no row, and all other rows as
    // they were before. The column "changed" compares the version that was found with the version that is locked. Each
    // row is looked up in a join that is lateral and has a limit, because a plain join may read all rows of the vendor.
    // The second look is by place, which is faster than by id and valid within a statement. The planner does not see
    // the size of an array in a subselect, so it keeps one plan.
    static final String LOCK = PINNED + """
            , groups as materialized (
                select g.id, g.name from unnest((select cast($2 as text[]))) as wanted (name) cross join lateral (
                    select id, name from customer_group
                    where vendor = $1 and name = wanted.name limit 1 for key share) g
            ), found as materialized (
                select c.*, groups.name as group_name
                from unnest((select cast($3 as text[])), (select cast($4 as text[]))) as wanted (name, group_name)
                join groups on groups.name = wanted.group_name cross join lateral (
                    select id, name, ctid as place, xmin as version from customer
                    where vendor = $1 and group_id = groups.id and name = wanted.name limit 1) c
                union all
                select c.*, null from unnest((select cast($5 as text[]))) as wanted (name) cross join lateral (
                    select id, name, ctid, xmin from customer
                    where vendor = $1 and group_id is null and name = wanted.name limit 1) c
            ), locked as materialized (
                select found.*, c.version is distinct from found.version as changed
                from (select * from found order by id) found left join lateral (
                    select xmin as version from customer where vendor = $1 and ctid = found.place limit 1 for update) c on true
            )
            select id, name, null as group_name, cast(null as boolean) as changed from groups
            union all
            select id, name, group_name, changed from locked
            """;

    /** Null in the row of a group. */
    private static final int CHANGED = 3;

    /**
     * Locks the given customers, and their groups. Call it only within a transaction, since the locks end with the
     * transaction.
     */
    public Uni<LockedRows> lock(VendorSql db, Set<CustomerKey> customers) {
        Map<Boolean, List<CustomerKey>> byGroup =
                customers.stream().collect(partitioningBy(key -> key.groupName() != null));
        List<CustomerKey> grouped = byGroup.get(true);
        Object[] parameters = {
            names(grouped.stream().map(CustomerKey::groupName).distinct()),
            names(grouped.stream().map(CustomerKey::name)),
            names(grouped.stream().map(CustomerKey::groupName)),
            names(byGroup.get(false).stream().map(CustomerKey::name))
        };
        return db.select(LOCK, parameters)
                .repeat()
                .whilst(rows -> rows.stream().anyMatch(row -> Boolean.TRUE.equals(row[CHANGED])))
                .collect()
                .last()
                .map(RowLocks::lockedRows);
    }

    private static LockedRows lockedRows(List<Object[]> rows) {
        Map<Name, Long> groups = new HashMap<>();
        Map<CustomerKey, Long> ids = new HashMap<>();
        for (Object[] row : rows) {
            Long id = (Long) row[0];
            Name name = Name.stored((String) row[1]);
            if (row[CHANGED] == null) {
                groups.put(name, id);
            } else {
                ids.put(new CustomerKey(name, row[2] == null ? null : Name.stored((String) row[2])), id);
            }
        }
        return new LockedRows(groups, ids);
    }

    private static String[] names(Stream<Name> names) {
        return names.map(Name::value).toArray(String[]::new);
    }

    /**
     * The ids of the groups and customers that a batch names and that exist. Their rows are locked until the transaction
     * ends. See docs/adr/0008.
     */
    public record LockedRows(Map<Name, Long> groupIds, Map<CustomerKey, Long> customerIds) {

        /** @throws ApiException (2001) when the group does not exist */
        public long groupId(Name group) {
            Long id = groupIds.get(group);
            if (id == null) {
                throw new ApiException(Problem.NO_SUCH_GROUP, group.value());
            }
            return id;
        }

        /** Null when the group or the customer does not exist. */
        public Long findId(CustomerKey key) {
            return customerIds.get(key);
        }

        /** @throws ApiException 2001 when the group of the key does not exist, 2101 when the customer does not exist */
        public Long customerId(CustomerKey key) {
            if (key.groupName() != null) {
                groupId(key.groupName());
            }
            Long id = findId(key);
            if (id == null) {
                throw key.notFound();
            }
            return id;
        }
    }
}
