package backoffice.customer;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import backoffice.customer.Roster.Place;
import backoffice.value.Name;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How every batch takes hold of what it speaks of, as of one moment: two statements at the most, whatever its size, and
 * one more each time that another batch had changed a customer meanwhile.
 */
@ApplicationScoped
public class RosterRepository implements PanacheRepository<Customer> {

    // All batches lock in this order: groups by id, then customers by id. Each name is looked up by itself, as
    // referenceIds are (CustomerBatchRepository).
    static final String LOCK_GROUPS = """
            select name, id from customer_group
            where vendor = (select cast(:vendor as text)) and id = any (array(
                select found.id from unnest(cast(:names as text[])) as wanted (name), lateral (
                    select g.id from customer_group g where g.vendor = (select cast(:vendor as text)) and g.name = wanted.name offset 0
                ) found
            ))
            order by id for key share
            """;
    // Whoever waits for a lock gets what became of that row, and everything else as it was before the wait. What is
    // found is
    // materialized, or PostgreSQL may look all names up again for each customer, when it expects few.
    static final String LOCK_CUSTOMERS = """
            with found as materialized (
                select there.id, there.version
                from unnest(cast(:names as text[]), cast(:groups as bigint[])) as place (name, group_id), lateral (
                    select f.id, f.xmin as version from customer f
                    where f.vendor = (select cast(:vendor as text)) and f.name = place.name
                    and f.group_id is not distinct from place.group_id
                    offset 0
                ) there
            )
            select c.name, c.group_id, c.id, c.xmin <> found.version
            from found join customer c on c.vendor = (select cast(:vendor as text)) and c.id = found.id
            order by c.id for update of c
            """;

    RosterRepository() {}

    /** Locks the customers, and their groups; those that are not there are not in the roster. Only within a transaction. */
    public Uni<Roster> lock(String vendor, Collection<CustomerKey> customers) {
        Set<Name> groups = customers.stream()
                .map(CustomerKey::groupName)
                .filter(Objects::nonNull)
                .collect(toSet());
        return lockGroups(vendor, groups)
                .chain(ids -> lockCustomers(vendor, places(customers, ids)).map(found -> new Roster(ids, found)));
    }

    private static List<Place> places(Collection<CustomerKey> customers, Map<Name, Long> groups) {
        return customers.stream()
                .filter(c -> c.groupName() == null || groups.containsKey(c.groupName()))
                .map(c -> new Place(c.groupName() == null ? null : groups.get(c.groupName()), c.name()))
                .distinct()
                .toList();
    }

    private Uni<Map<Name, Long>> lockGroups(String vendor, Set<Name> names) {
        if (names.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK_GROUPS, Object[].class)
                        .setParameter("vendor", vendor)
                        .setParameter("names", names.stream().map(Name::value).toArray(String[]::new))
                        .getResultList())
                .map(rows -> rows.stream().collect(toMap(row -> name(row[0]), row -> (Long) row[1])));
    }

    private Uni<Map<Place, Long>> lockCustomers(String vendor, List<Place> places) {
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK_CUSTOMERS, Object[].class)
                        .setParameter("vendor", vendor)
                        .setParameter(
                                "names",
                                places.stream().map(p -> p.customer().value()).toArray(String[]::new))
                        .setParameter(
                                "groups", places.stream().map(Place::group).toArray(Long[]::new))
                        .getResultList())
                .chain(rows -> rows.stream().anyMatch(row -> (boolean) row[3])
                        ? lockCustomers(vendor, places)
                        : Uni.createFrom()
                                .item(rows.stream().collect(toMap(row -> new Place((Long) row[1], name(row[0])), row ->
                                        (Long) row[2]))));
    }

    private static Name name(Object column) {
        return new Name((String) column);
    }
}
