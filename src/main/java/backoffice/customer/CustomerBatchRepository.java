package backoffice.customer;

import backoffice.customer.WritePlan.Outcome;
import backoffice.database.Database;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes customers in batches (contract, section 5). A batch is one transaction of six statements at the most, whatever its size. */
@ApplicationScoped
public class CustomerBatchRepository implements PanacheRepository<Customer> {

    // New customers have no rows to lock yet: batches that ask for the same referenceIds in different orders would wait
    // for each other until PostgreSQL notices, a second later. So one batch of a vendor at a time hands out
    // referenceIds.
    private static final String LOCK_REFERENCES =
            "select cast(pg_advisory_xact_lock(hashtextextended('referenceId of ' || cast(:vendor as text), 0)) as text)";

    static final String STORED = """
            with wanted as (
                select unnest(cast(:ids as bigint[])) as id
                union
                select holder.id from unnest(cast(:references as text[])) as r (reference)
                join customer holder on holder.vendor = :vendor and holder.reference_id = r.reference
            )
            """ + "select " + CustomerRows.SQL + """
            , c.id
            from wanted join customer c on c.vendor = :vendor and c.id = wanted.id
            left join customer_group g on g.vendor = :vendor and g.id = c.group_id
            """;

    // The key on referenceIds is checked row by row: one that goes from customer to customer must be free in between.
    private static final String VACATE = """
            update customer set reference_id = null
            where vendor = :vendor and id = any (:ids)
            """;

    private static final String COLUMNS = "reg_date, " + CustomerRows.texts(TextMember::column);
    private static final String ARRAYS =
            "cast(:reg_date as timestamp[]), " + CustomerRows.texts(m -> "cast(:" + m.column() + " as text[])");
    private static final String CHANGE = "update customer c set reg_date = r.reg_date, "
            + CustomerRows.texts(m -> m.column() + " = r." + m.column())
            + " from unnest(cast(:ids as bigint[]), " + ARRAYS + ") as r (id, " + COLUMNS + ")"
            + " where c.vendor = :vendor and c.id = r.id";
    private static final String CREATE = "insert into customer (vendor, name, group_id, " + COLUMNS + ")"
            + " select :vendor, r.* from unnest(cast(:names as text[]), cast(:groups as bigint[]), " + ARRAYS + ")"
            + " as r (name, group_id, " + COLUMNS + ") order by r.group_id, r.name collate \"C\"";

    private final Database database;
    private final RosterRepository rosters;
    private final RegistrationClock clock;

    CustomerBatchRepository(Database database, RosterRepository rosters, RegistrationClock clock) {
        this.database = database;
        this.rosters = rosters;
        this.clock = clock;
    }

    /** Writes all customers of a batch, checked with {@link WritePlan#requireForm}, or none; fails as {@link WritePlan} tells. */
    Uni<List<CustomerData>> write(String vendor, WriteMode mode, List<CustomerData> batch) {
        return database.transaction(() -> prepare(
                        vendor,
                        batch,
                        (roster, stored) -> new WritePlan(mode, batch, roster, stored, new RegDate(clock.now())))
                .chain(plan -> vacate(vendor, plan.vacated())
                        .chain(() -> change(vendor, plan.changed()))
                        .chain(() -> create(vendor, plan.created()))
                        .replaceWith(plan::answer)));
    }

    /** Creates the customers of a batch that are not there, and leaves the others as they are. */
    public Uni<Intake> createMissing(String vendor, List<CustomerData> batch) {
        return database.transaction(() -> prepare(
                        vendor,
                        batch,
                        (roster, stored) -> new IntakePlan(batch, roster, stored, new RegDate(clock.now())))
                .chain(plan -> create(vendor, plan.created()).replaceWith(plan::intake)));
    }

    private <T> Uni<T> prepare(String vendor, List<CustomerData> batch, BiFunction<Roster, Stored, T> plan) {
        List<CustomerKey> keys = batch.stream().map(CustomerData::key).toList();
        String[] references = batch.stream()
                .map(TextMember.REFERENCE_ID::columnOf)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return lockReferences(vendor, references)
                .chain(() -> rosters.lock(vendor, keys))
                .chain(roster -> stored(vendor, roster.customers().values(), references)
                        .map(stored -> plan.apply(roster, stored)));
    }

    private Uni<Void> lockReferences(String vendor, String[] references) {
        if (references.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return getSession()
                .chain(session -> session.createNativeQuery(LOCK_REFERENCES, String.class)
                        .setParameter("vendor", vendor)
                        .getSingleResult())
                .replaceWithVoid();
    }

    private Uni<Stored> stored(String vendor, Collection<Long> ids, String[] references) {
        return getSession()
                .chain(session -> session.createNativeQuery(STORED, Object[].class)
                        .setParameter("vendor", vendor)
                        .setParameter("ids", ids.toArray(Long[]::new))
                        .setParameter("references", references)
                        .getResultList())
                .map(Stored::of);
    }

    private Uni<Void> vacate(String vendor, List<Long> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return getSession()
                .chain(session -> session.createNativeQuery(VACATE)
                        .setParameter("vendor", vendor)
                        .setParameter("ids", ids.toArray(Long[]::new))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Uni<Void> change(String vendor, List<Outcome> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return getSession()
                .chain(session -> columns(session.createNativeQuery(CHANGE), changed)
                        .setParameter("vendor", vendor)
                        .setParameter("ids", changed.stream().map(Outcome::id).toArray(Long[]::new))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Uni<Void> create(String vendor, List<Outcome> created) {
        if (created.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return getSession()
                .chain(session -> columns(session.createNativeQuery(CREATE), created)
                        .setParameter("vendor", vendor)
                        .setParameter(
                                "names",
                                created.stream()
                                        .map(o -> o.data().name().value())
                                        .toArray(String[]::new))
                        .setParameter(
                                "groups", created.stream().map(Outcome::group).toArray(Long[]::new))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static <T> Mutiny.Query<T> columns(Mutiny.Query<T> query, List<Outcome> rows) {
        query.setParameter(
                "reg_date", rows.stream().map(o -> o.data().regDate().value()).toArray(LocalDateTime[]::new));
        for (TextMember member : TextMember.values()) {
            query.setParameter(
                    member.column(),
                    rows.stream().map(o -> member.columnOf(o.data())).toArray(String[]::new));
        }
        return query;
    }
}
