package backoffice.customer;

import static backoffice.persistence.CitusForms.PINNED;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.persistence.VendorSql;
import backoffice.value.Name;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The repository that locks the groups and customers of a batch in one consistent state. Its statement is repeated while
 * another transaction has changed one of the customers. See docs/adr/0008.
 */
@Singleton
public class RowLockRepository {

    // All batches lock in the same order, groups by id and then customers by id, so that they do not deadlock.
    // After a wait for a lock, PostgreSQL returns the locked row as it is now, and all other rows as they were before.
    // The column "changed" compares the version that was found with the version that is locked.
    static final String LOCK = PINNED + """
            , groups as materialized (
                select g.id, g.name from unnest(cast($2 as text[])) as wanted (name)
                join customer_group g on g.vendor = $1 and g.name = wanted.name
                order by g.id for key share of g
            ), found as materialized (
                select c.id, c.xmin as version from unnest(cast($3 as text[])) as wanted (name)
                join customer c on c.vendor = $1 and c.name = wanted.name
                where c.group_id is null or c.group_id in (select id from groups)
            ), customers as materialized (
                select c.id, c.name, c.group_id, c.xmin <> found.version as changed
                from found join customer c on c.vendor = $1 and c.id = found.id
                order by c.id for update of c
            )
            select id, name, null as group_name, cast(null as boolean) as changed from groups
            union all
            select c.id, c.name, groups.name, c.changed from customers c left join groups on groups.id = c.group_id
            """;

    private final VendorSql sql;

    RowLockRepository(VendorSql sql) {
        this.sql = sql;
    }

    /**
     * Locks the groups of the given customers, and each customer that has one of the given names and is in one of these
     * groups or in none. Call it only within a transaction, since the locks end with the transaction.
     */
    public Uni<LockedRows> lock(Vendor vendor, Collection<CustomerKey> customers) {
        String[] groupNames =
                distinct(customers.stream().map(CustomerKey::groupName).filter(Objects::nonNull));
        String[] customerNames = distinct(customers.stream().map(CustomerKey::name));
        return sql.select(vendor, LOCK, groupNames, customerNames).chain(rows -> {
            Map<Name, Long> groups = new HashMap<>();
            Map<CustomerKey, Long> ids = new HashMap<>();
            for (Object[] row : rows) {
                Long id = (Long) row[0];
                Name name = new Name((String) row[1]);
                Name group = row[2] == null ? null : new Name((String) row[2]);
                Boolean changed = (Boolean) row[3];
                if (changed == null) {
                    groups.put(name, id);
                } else if (changed) {
                    return lock(vendor, customers);
                } else {
                    ids.put(new CustomerKey(name, group), id);
                }
            }
            return Uni.createFrom().item(new LockedRows(groups, ids));
        });
    }

    private static String[] distinct(Stream<Name> names) {
        return names.map(Name::value).distinct().toArray(String[]::new);
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
        public long customerId(CustomerKey key) {
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
