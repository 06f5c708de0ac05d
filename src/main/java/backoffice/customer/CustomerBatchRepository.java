package backoffice.customer;

import backoffice.customer.WritePlan.Outcome;
import backoffice.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes customers in batches (contract, section 5). A batch is one transaction of six statements at the most, whatever its size. */
@ApplicationScoped
public class CustomerBatchRepository {

    // New customers have no rows to lock yet: batches that ask for the same referenceIds in different orders would wait
    // for each other until PostgreSQL notices, a second later. So one batch of a vendor at a time hands out
    // referenceIds.
    private static final String LOCK_REFERENCES =
            "select pg_advisory_xact_lock(hashtextextended('referenceId of ' || cast($1 as text), 0))";

    static final String STORED = """
            with wanted as (
                select unnest(cast($2 as bigint[])) as id
                union
                select holder.id from unnest(cast($3 as text[])) as r (reference)
                join customer holder on holder.vendor = $1 and holder.reference_id = r.reference
            )
            """ + "select " + CustomerRows.SQL + """
            , c.id
            from wanted join customer c on c.vendor = $1 and c.id = wanted.id
            left join customer_group g on g.vendor = $1 and g.id = c.group_id
            """;

    // The key on referenceIds is checked row by row: one that goes from customer to customer must be free in between.
    private static final String VACATE = "update customer set reference_id = null where vendor = $1 and id = any ($2)";

    private static final String COLUMNS = "reg_date, " + CustomerRows.texts(TextMember::column);
    private static final String ARRAYS =
            "cast($2 as timestamp[]), " + CustomerRows.texts(m -> "cast($" + (m.ordinal() + 3) + " as text[])");
    private static final int AFTER_ARRAYS = TextMember.values().length + 3;
    private static final String CHANGE = "update customer c set reg_date = r.reg_date, "
            + CustomerRows.texts(m -> m.column() + " = r." + m.column())
            + " from unnest(cast($" + AFTER_ARRAYS + " as bigint[]), " + ARRAYS + ") as r (id, " + COLUMNS + ")"
            + " where c.vendor = $1 and c.id = r.id";
    private static final String CREATE = "insert into customer (vendor, name, group_id, " + COLUMNS + ")"
            + " select $1, r.* from unnest(cast($" + AFTER_ARRAYS + " as text[]), cast($" + (AFTER_ARRAYS + 1)
            + " as bigint[]), " + ARRAYS + ") as r (name, group_id, " + COLUMNS
            + ") order by r.group_id, r.name collate \"C\"";

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
        return database.executeUnlessEmpty(references, LOCK_REFERENCES, Tuple.of(vendor))
                .chain(() -> rosters.lock(vendor, keys))
                .chain(roster -> stored(vendor, roster.customers().values(), references)
                        .map(stored -> plan.apply(roster, stored)));
    }

    private Uni<Stored> stored(String vendor, Collection<Long> ids, String[] references) {
        return database.execute(STORED, Tuple.of(vendor, ids.toArray(Long[]::new), references))
                .map(Stored::of);
    }

    private Uni<Void> vacate(String vendor, List<Long> ids) {
        Long[] vacated = ids.toArray(Long[]::new);
        return database.executeUnlessEmpty(vacated, VACATE, Tuple.of(vendor, vacated));
    }

    private Uni<Void> change(String vendor, List<Outcome> changed) {
        Long[] ids = column(changed, Outcome::id, Long[]::new);
        return database.executeUnlessEmpty(ids, CHANGE, columns(vendor, changed).addArrayOfLong(ids));
    }

    private Uni<Void> create(String vendor, List<Outcome> created) {
        String[] names = column(created, o -> o.data().name().value(), String[]::new);
        Long[] groups = column(created, Outcome::group, Long[]::new);
        return database.executeUnlessEmpty(
                names, CREATE, columns(vendor, created).addArrayOfString(names).addArrayOfLong(groups));
    }

    private static Tuple columns(String vendor, List<Outcome> rows) {
        Tuple columns = Tuple.of(vendor, column(rows, o -> o.data().regDate().value(), LocalDateTime[]::new));
        for (TextMember member : TextMember.values()) {
            columns.addArrayOfString(column(rows, o -> member.columnOf(o.data()), String[]::new));
        }
        return columns;
    }

    private static <T> T[] column(List<Outcome> rows, Function<Outcome, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
