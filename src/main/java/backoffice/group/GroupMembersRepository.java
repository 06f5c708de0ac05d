package backoffice.group;

import static java.util.stream.Collectors.toMap;

import backoffice.customer.Customer;
import backoffice.database.Database;
import backoffice.database.PageStatement;
import backoffice.envelope.ApiException;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.group.Roster.Place;
import backoffice.value.Name;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The customers of a group (contract, section 4). A batch is one transaction of four statements at the most, whatever its size. */
@ApplicationScoped
public class GroupMembersRepository implements PanacheRepository<Customer> {

    private static final String MEMBERS = "from Customer c where c.vendor = :vendor and c.groupId ="
            + " (select g.id from CustomerGroup g where g.vendor = :vendor and g.name = :group)";
    private static final String PAGE_OF_MEMBERS =
            "select c.name, (select count(*) " + MEMBERS + ") " + MEMBERS + " order by c.name";
    private static final String NUMBER_OF_MEMBERS =
            "select (select count(*) from Customer c where c.vendor = g.vendor and c.groupId = g.id)"
                    + " from CustomerGroup g where g.vendor = :vendor and g.name = :group";

    // All batches lock in this order: groups by id, then customers by id.
    private static final String LOCK_GROUPS = """
            select name, id from customer_group
            where vendor = :vendor and name = any (:names)
            order by id for key share
            """;
    private static final String LOCK_CUSTOMERS = """
            select name, group_id, id from customer
            where vendor = :vendor and name = any (:names) and (group_id is null or group_id = any (:groups))
            order by id for update
            """;
    private static final String MOVE = """
            update customer set group_id = cast(:group as bigint)
            where vendor = :vendor and id = any (:ids)
            """;
    private static final String CREATE = """
            insert into customer (vendor, name, group_id, reg_date)
            select :vendor, name, :group, :now from unnest(cast(:names as text[])) as name order by name collate "C"
            """;

    private final Database database;
    private final ZoneId zone;

    GroupMembersRepository(Database database, @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /** A page of the group's customers by name; fails with 2001 when there is no such group. */
    Uni<Page<Member>> page(String vendor, Name group, PageRange page) {
        PageStatement statement =
                new PageStatement(PAGE_OF_MEMBERS, NUMBER_OF_MEMBERS, Map.of("vendor", vendor, "group", group.value()));
        return database.statement(() -> getSession()
                        .chain(session -> statement.read(session, page, row -> new Member(name(row[0]), group))))
                .onItem()
                .ifNull()
                .failWith(() -> new ApiException(Problem.NO_SUCH_GROUP, group.value()));
    }

    /** Adds customers to the group; fails with 2001 when there is none, and as {@link AddPlan} tells. */
    Uni<List<Member>> add(String vendor, Name group, List<Member> batch) {
        return database.transaction(() -> lock(vendor, group, batch).chain(roster -> {
            AddPlan plan = new AddPlan(group, batch, roster);
            long target = roster.group(group);
            return move(vendor, plan.moved(), target)
                    .chain(() -> create(vendor, plan.created(), target))
                    .replaceWith(plan::outcome);
        }));
    }

    /** Takes customers, checked with {@link RemovePlan#requireForm}, out of the group; fails with 2001 when there is none, and as {@link RemovePlan} tells. */
    Uni<List<Member>> remove(String vendor, Name group, List<Member> batch) {
        return database.transaction(() -> lock(vendor, group, batch).chain(roster -> {
            RemovePlan plan = new RemovePlan(group, batch, roster);
            return move(vendor, plan.removed(), null).replaceWith(plan::outcome);
        }));
    }

    private Uni<Roster> lock(String vendor, Name group, List<Member> batch) {
        Set<Name> groupNames = new HashSet<>(Set.of(group));
        Set<Name> customerNames = new HashSet<>();
        for (Member entry : batch) {
            customerNames.add(entry.name());
            if (entry.groupName() != null) {
                groupNames.add(entry.groupName());
            }
        }
        return lockGroups(vendor, groupNames)
                .invoke(groups -> Roster.group(groups, group))
                .chain(groups -> lockCustomers(vendor, customerNames, groups.values())
                        .map(customers -> new Roster(groups, customers)));
    }

    private Uni<Map<Name, Long>> lockGroups(String vendor, Set<Name> names) {
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
                .map(rows -> rows.stream().collect(toMap(row -> new Place((Long) row[1], name(row[0])), row ->
                        (Long) row[2])));
    }

    private Uni<Void> move(String vendor, List<Long> ids, Long group) {
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return getSession()
                .chain(session -> session.createNativeQuery(MOVE)
                        .setParameter("vendor", vendor)
                        .setParameter("group", group)
                        .setParameter("ids", ids.toArray(Long[]::new))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Uni<Void> create(String vendor, List<Name> names, long group) {
        if (names.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return getSession()
                .chain(session -> session.createNativeQuery(CREATE)
                        .setParameter("vendor", vendor)
                        .setParameter("group", group)
                        .setParameter("now", LocalDateTime.now(zone).truncatedTo(ChronoUnit.SECONDS))
                        .setParameter("names", texts(names))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static String[] texts(Collection<Name> names) {
        return names.stream().map(Name::value).toArray(String[]::new);
    }

    private static Name name(Object column) {
        return new Name((String) column);
    }
}
