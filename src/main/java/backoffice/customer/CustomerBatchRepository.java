package backoffice.customer;

import static backoffice.persistence.VendorScope.ON_NODE_OF_VENDOR;

import backoffice.changes.ChangeRepository;
import backoffice.customer.WritePlan.PlannedRow;
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

/**
 * The repository that writes customers in batches (docs/api.md, sections 3.5 and 5.3). A batch of any size is one
 * transaction of at most six statements. The statement that locks the rows is repeated when it meets a concurrent
 * change (see {@link RowLockRepository}).
 */
@Singleton
public class CustomerBatchRepository extends VendorScopedRepository {

    // New customers have no rows to lock. Batches that set the same referenceIds in different orders would deadlock.
    // PostgreSQL detects a deadlock only after a second. So one batch of a vendor at a time sets referenceIds (see
    // docs/adr/0009).
    private static final String LOCK_REFERENCES =
            "select pg_advisory_xact_lock(hashtextextended('referenceId of ' || cast($1 as text), 0))"
                    + ON_NODE_OF_VENDOR;

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

    // PostgreSQL checks the unique constraint row by row. So a referenceId that moves to another customer is cleared in
    // a statement of its own.
    private static final String CLEAR_REFERENCES =
            "update customer set reference_id = null where vendor = $1 and id = any ($2)";

    private static final String COLUMNS = "reg_date, " + CustomerRowMapper.texts(TextMember::column);
    private static final String ARRAYS =
            "cast($2 as timestamp[]), " + CustomerRowMapper.texts(m -> "cast($" + (m.ordinal() + 3) + " as text[])");
    private static final int NEXT_PARAMETER = TextMember.values().length + 3;
    private static final String CHANGE = "update customer c set reg_date = r.reg_date, "
            + CustomerRowMapper.texts(m -> m.column() + " = r." + m.column())
            + " from unnest(cast($" + NEXT_PARAMETER + " as bigint[]), " + ARRAYS + ") as r (id, " + COLUMNS + ")"
            + " where c.vendor = $1 and c.id = r.id";
    // Without "returning", a cluster copies the rows and hides the SQLSTATE of a duplicate. See docs/adr/0027.
    private static final String CREATE = "insert into customer (vendor, name, group_id, " + COLUMNS + ")"
            + " select cast($1 as text), r.* from unnest(cast($" + NEXT_PARAMETER + " as text[]), cast($"
            + (NEXT_PARAMETER + 1)
            + " as bigint[]), " + ARRAYS + ") as r (name, group_id, " + COLUMNS
            + ") order by r.group_id, r.name collate \"C\" returning 1";

    private final RowLockRepository locks;
    private final RegistrationClock clock;
    private final ChangeRepository changes;

    CustomerBatchRepository(
            SqlExecutor sql, RowLockRepository locks, RegistrationClock clock, ChangeRepository changes) {
        super(sql);
        this.changes = changes;
        this.locks = locks;
        this.clock = clock;
    }

    /**
     * Writes all customers of a batch or none; fails with 2001, 2101 or 2103 as {@link WritePlan} describes.
     *
     * @param batch the entries, checked with {@link WritePlan#requireForm}
     * @return the items of the response
     */
    Uni<List<CustomerData>> write(String vendor, WriteMode mode, List<CustomerData> batch) {
        return transaction(
                vendor,
                () -> prepare(
                                vendor,
                                batch,
                                (locked, stored) ->
                                        new WritePlan(mode, batch, locked, stored, new RegDate(clock.now())))
                        .chain(plan -> clearReferences(vendor, plan.idsToClear())
                                .chain(() -> change(vendor, plan.updated()))
                                .chain(() -> create(vendor, plan.created()))
                                .chain(() -> changes.record(vendor, plan::changes))
                                .replaceWith(plan::result)));
    }

    /**
     * Creates the customers of a batch that do not exist, and leaves the others unchanged. A customer that cannot be
     * created does not fail the batch.
     *
     * @return the number of created and skipped customers, and the reason for each refused one
     */
    public Uni<CreateMissingResult> createMissing(String vendor, List<CustomerData> batch) {
        return transaction(
                vendor,
                () -> prepare(
                                vendor,
                                batch,
                                (locked, stored) ->
                                        new CreateMissingPlan(batch, locked, stored, new RegDate(clock.now())))
                        .chain(plan -> create(vendor, plan.created())
                                .chain(() -> changes.record(
                                        vendor,
                                        () -> plan.created().stream()
                                                .map(PlannedRow::change)
                                                .toList()))
                                .replaceWith(plan::result)));
    }

    /** Locks the rows of a batch, reads the stored data, and makes the plan. */
    private <T> Uni<T> prepare(
            String vendor, List<CustomerData> batch, BiFunction<LockedRows, StoredCustomers, T> planner) {
        List<CustomerKey> keys = batch.stream().map(CustomerData::key).toList();
        String[] references = batch.stream()
                .map(TextMember.REFERENCE_ID::columnValue)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return executeUnlessEmpty(references, LOCK_REFERENCES, vendor)
                .chain(() -> locks.lock(vendor, keys))
                .chain(locked -> stored(vendor, locked.customerIds().values(), references)
                        .map(stored -> planner.apply(locked, stored)));
    }

    private Uni<StoredCustomers> stored(String vendor, Collection<Long> ids, String[] references) {
        return execute(STORED, vendor, ids.toArray(Long[]::new), references).map(StoredCustomers::of);
    }

    private Uni<Void> clearReferences(String vendor, List<Long> idsToClear) {
        Long[] ids = idsToClear.toArray(Long[]::new);
        return executeUnlessEmpty(ids, CLEAR_REFERENCES, vendor, (Object) ids);
    }

    private Uni<Void> change(String vendor, List<PlannedRow> changed) {
        Long[] ids = column(changed, PlannedRow::id, Long[]::new);
        return executeUnlessEmpty(ids, CHANGE, vendor, columns(changed, (Object) ids));
    }

    private Uni<Void> create(String vendor, List<PlannedRow> created) {
        String[] names = column(created, row -> row.data().name().value(), String[]::new);
        Long[] groupIds = column(created, PlannedRow::groupId, Long[]::new);
        return executeUnlessEmpty(names, CREATE, vendor, columns(created, names, groupIds));
    }

    /** The parameters from {@code $2} on: an array for each column in {@link #ARRAYS}, then the given arrays. */
    private static Object[] columns(List<PlannedRow> rows, Object... more) {
        Stream<Object> dates =
                Stream.of((Object) column(rows, row -> row.data().regDate().value(), LocalDateTime[]::new));
        Stream<Object> texts = Stream.of(TextMember.values())
                .map(member -> column(rows, row -> member.columnValue(row.data()), String[]::new));
        return Stream.of(dates, texts, Stream.of(more))
                .flatMap(Function.identity())
                .toArray();
    }

    private static <T> T[] column(List<PlannedRow> rows, Function<PlannedRow, T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
