package backoffice.customer;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;

import backoffice.customer.Roster.Place;
import backoffice.value.Name;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How every batch takes hold of what it speaks of, as of one moment: one statement, whatever its size, and one more each
 * time that another batch had changed a customer meanwhile.
 */
@ApplicationScoped
public class RosterRepository implements PanacheRepository<Customer> {

    // All batches lock in this order: groups by id, then customers by id.
    // A row that had to be waited for comes as it is after the wait, and all others as they were before it. So the
    // version that was found is compared with the one that is locked.
    static final String LOCK = """
            with groups as materialized (
                select g.id, g.name from unnest(cast(:groups as text[])) as wanted (name)
                join customer_group g on g.vendor = :vendor and g.name = wanted.name
                order by g.id for key share of g
            ), found as materialized (
                select c.id, c.xmin as version from unnest(cast(:names as text[])) as wanted (name)
                join customer c on c.vendor = :vendor and c.name = wanted.name
                where c.group_id is null or c.group_id in (select id from groups)
            ), customers as materialized (
                select c.id, c.name, c.group_id, c.xmin <> found.version as changed
                from found join customer c on c.vendor = :vendor and c.id = found.id
                order by c.id for update of c
            )
            select id, name, cast(null as bigint) as group_id, cast(null as boolean) as changed from groups
            union all
            select id, name, group_id, changed from customers
            """;

    RosterRepository() {}

    /**
     * Locks the groups that customers are in, and every customer of one of their names that is in one of these groups or
     * in none. What is not there is not in the roster. Only within a transaction.
     */
    public Uni<Roster> lock(String vendor, Collection<CustomerKey> customers) {
        return lock(
                vendor,
                texts(customers.stream().map(CustomerKey::groupName).filter(Objects::nonNull)),
                texts(customers.stream().map(CustomerKey::name)));
    }

    private Uni<Roster> lock(String vendor, String[] groups, String[] names) {
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK, Object[].class)
                        .setParameter("vendor", vendor)
                        .setParameter("groups", groups)
                        .setParameter("names", names)
                        .getResultList())
                .chain(rows -> rows.stream().anyMatch(row -> Boolean.TRUE.equals(row[3]))
                        ? lock(vendor, groups, names)
                        : Uni.createFrom().item(roster(rows)));
    }

    private static Roster roster(List<Object[]> rows) {
        Map<Boolean, List<Object[]>> areGroups = rows.stream().collect(partitioningBy(row -> row[3] == null));
        return new Roster(
                areGroups.get(true).stream().collect(toMap(row -> name(row), row -> (Long) row[0])),
                areGroups.get(false).stream().collect(toMap(row -> new Place((Long) row[2], name(row)), row ->
                        (Long) row[0])));
    }

    private static Name name(Object[] row) {
        return new Name((String) row[1]);
    }

    private static String[] texts(Stream<Name> names) {
        return names.map(Name::value).distinct().toArray(String[]::new);
    }
}
