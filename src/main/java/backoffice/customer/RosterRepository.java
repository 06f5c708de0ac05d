package backoffice.customer;

import static java.util.stream.Collectors.toMap;

import backoffice.customer.Roster.Place;
import backoffice.value.Name;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * How every batch takes hold of what it speaks of, as of one moment: two statements at the most, whatever its size, and
 * one more each time that another batch had changed a customer meanwhile.
 */
@ApplicationScoped
public class RosterRepository implements PanacheRepository<Customer> {

    // All batches lock in this order: groups by id, then customers by id.
    static final String LOCK_GROUPS = """
            select g.name, g.id from unnest(cast(:names as text[])) as wanted (name)
            join customer_group g on g.vendor = :vendor and g.name = wanted.name
            order by g.id for key share of g
            """;
    // A row that had to be waited for comes as it is after the wait, and all others as they were before it. So the
    // version
    // that was found is compared with the one that is locked.
    static final String LOCK_CUSTOMERS = """
            with found as materialized (
                select f.id, f.xmin as version from unnest(cast(:names as text[])) as wanted (name)
                join customer f on f.vendor = :vendor and f.name = wanted.name
                where f.group_id is null or f.group_id = any (:groups)
            )
            select c.name, c.group_id, c.id, c.xmin <> found.version
            from found join customer c on c.vendor = :vendor and c.id = found.id
            order by c.id for update of c
            """;

    RosterRepository() {}

    /**
     * Locks groups, and the customers of some names that are in one of them or in none. What is not there is not in the
     * roster. Only within a transaction.
     */
    public Uni<Roster> lock(String vendor, Set<Name> groups, Set<Name> customers) {
        return lockGroups(vendor, groups)
                .chain(ids -> lockCustomers(vendor, customers, ids.values()).map(found -> new Roster(ids, found)));
    }

    private Uni<Map<Name, Long>> lockGroups(String vendor, Set<Name> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK_GROUPS, Object[].class)
                        .setParameter("vendor", vendor)
                        .setParameter("names", texts(names))
                        .getResultList())
                .map(rows -> rows.stream().collect(toMap(row -> name(row[0]), row -> (Long) row[1])));
    }

    private Uni<Map<Place, Long>> lockCustomers(String vendor, Set<Name> names, Collection<Long> groups) {
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK_CUSTOMERS, Object[].class)
                        .setParameter("vendor", vendor)
                        .setParameter("names", texts(names))
                        .setParameter("groups", groups.toArray(Long[]::new))
                        .getResultList())
                .chain(rows -> rows.stream().anyMatch(row -> (boolean) row[3])
                        ? lockCustomers(vendor, names, groups)
                        : Uni.createFrom()
                                .item(rows.stream().collect(toMap(row -> new Place((Long) row[1], name(row[0])), row ->
                                        (Long) row[2]))));
    }

    private static String[] texts(Set<Name> names) {
        return names.stream().map(Name::value).toArray(String[]::new);
    }

    private static Name name(Object column) {
        return new Name((String) column);
    }
}
