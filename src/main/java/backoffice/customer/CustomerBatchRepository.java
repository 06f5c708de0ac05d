package backoffice.customer;

import backoffice.customer.WritePlan.Outcome;
import backoffice.persistence.SqlExecutor;
import backoffice.persistence.VendorScopedRepository;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Writes customers in batches (contract, section 5). A batch is one transaction of six statements at the most, whatever its size. */
@Singleton
public class CustomerBatchRepository extends VendorScopedRepository {

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
            """ + "select " + CustomerRowMapper.SQL + """
            , c.id
            from wanted join customer c on c.vendor = $1 and c.id = wanted.id
            left join customer_group g on g.vendor = $1 and g.id = c.group_id
            """;

    // The key on referenceIds is checked row by row: one that goes from customer to customer must be free in between.
    private static final String VACATE = "update customer set reference_id = null where vendor = $1 and id = any ($2)";

    private static final String COLUMNS = "reg_date, " + CustomerRowMapper.texts(TextMember::column);
    private static final String ARRAYS =
            "cast($2 as timestamp[]), " + CustomerRowMapper.texts(m -> "cast($" + (m.ordinal() + 3) + " as text[])");
    private static final int AFTER_ARRAYS = TextMember.values().length + 3;
    private static final String CHANGE = "update customer c set reg_date = r.reg_date, "
            + CustomerRowMapper.texts(m -> m.column() + " = r." + m.column())
            + " from unnest(cast($" + AFTER_ARRAYS + " as bigint[]), " + ARRAYS + ") as r (id, " + COLUMNS + ")"
            + " where c.vendor = $1 and c.id = r.id";
    private static final String CREATE = "insert into customer (vendor, name, group_id, " + COLUMNS + ")"
            + " select $1, r.* from unnest(cast($" + AFTER_ARRAYS + " as text[]), cast($" + (AFTER_ARRAYS + 1)
            + " as bigint[]), " + ARRAYS + ") as r (name, group_id, " + COLUMNS
            + ") order by r.group_id, r.name collate \"C\"";

    private final RowLockRepository locks;
    private final RegistrationClock clock;

    CustomerBatchRepository(SqlExecutor sql, RowLockRepository locks, RegistrationClock clock) {
        super(sql);
        this.locks = locks;
        this.clock = clock;
    }

    /** Writes all customers of a batch, checked with {@link WritePlan#requireForm}, or none; fails as {@link WritePlan} tells. */
    Uni<List<CustomerData>> write(String vendor, WriteMode mode, List<CustomerData> batch) {
        return transaction(() -> prepare(
                        vendor,
                        batch,
                        (locked, stored) -> new WritePlan(mode, batch, locked, stored, new RegDate(clock.now())))
                .chain(plan -> vacate(vendor, plan.vacated())
                        .chain(() -> change(vendor, plan.changed()))
                        .chain(() -> create(vendor, plan.created()))
                        .replaceWith(plan::answer)));
    }

    /** Creates the customers of a batch that are not there, and leaves the others as they are. */
    public Uni<CreateMissingResult> createMissing(String vendor, List<CustomerData> batch) {
        return transaction(() -> prepare(
                        vendor,
                        batch,
                        (locked, stored) -> new CreateMissingPlan(batch, locked, stored, new RegDate(clock.now())))
                .chain(plan -> create(vendor, plan.created()).replaceWith(plan::intake)));
    }

    private <T> Uni<T> prepare(
            String vendor, List<CustomerData> batch, BiFunction<LockedRows, StoredCustomers, T> plan) {
        List<CustomerKey> keys = batch.stream().map(CustomerData::key).toList();
        String[] references = batch.stream()
                .map(TextMember.REFERENCE_ID::columnOf)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return executeUnlessEmpty(references, LOCK_REFERENCES, vendor)
                .chain(() -> locks.lock(vendor, keys))
                .chain(locked -> stored(vendor, locked.customers().values(), references)
                        .map(stored -> plan.apply(locked, stored)));
    }

    private Uni<StoredCustomers> stored(String vendor, Collection<Long> ids, String[] references) {
        return execute(STORED, vendor, ids.toArray(Long[]::new), references).map(StoredCustomers::of);
    }

    private Uni<Void> vacate(String vendor, List<Long> ids) {
        Long[] vacated = ids.toArray(Long[]::new);
        return executeUnlessEmpty(vacated, VACATE, vendor, (Object) vacated);
    }

    private Uni<Void> change(String vendor, List<Outcome> changed) {
        Long[] ids = column(changed, Outcome::id, Long[]::new);
        return executeUnlessEmpty(ids, CHANGE, vendor, columns(changed, (Object) ids));
    }

    private Uni<Void> create(String vendor, List<Outcome> created) {
        String[] names = column(created, o -> o.data().name().value(), String[]::new);
        Long[] groups = column(created, Outcome::group, Long[]::new);
        return executeUnlessEmpty(names, CREATE, vendor, columns(created, names, groups));
    }

    /** One array for each column of the rows, then further arrays. */
    private static Object[] columns(List<Outcome> rows, Object... more) {
        Stream<Object> dates =
                Stream.of((Object) column(rows, o -> o.data().regDate().value(), LocalDateTime[]::new));
        Stream<Object> texts = Stream.of(TextMember.values())
                .map(member -> column(rows, o -> member.columnOf(o.data()), String[]::new));
        return Stream.of(dates, texts, Stream.of(more))
                .flatMap(Function.identity())
                .toArray();
    }

    private static <T> T[] column(List<Outcome> rows, Function<Outcome, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
