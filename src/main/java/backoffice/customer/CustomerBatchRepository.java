package backoffice.customer;

import static backoffice.persistence.CitusForms.ON_NODE_OF_VENDOR;
import static backoffice.persistence.CitusForms.RETURNING_SOMETHING;

import backoffice.changes.ChangeRepository;
import backoffice.customer.WritePlan.PlannedRow;
import backoffice.entity.Customer;
import backoffice.persistence.Database;
import backoffice.persistence.VendorRepository;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The repository that writes customers in batches (docs/api.md, sections 3.5 and 5.3). A batch of any size is one
 * transaction of at most six statements. The statement that locks the rows is repeated when it meets a concurrent
 * change (see {@link RowLockRepository}).
 */
@Singleton
public class CustomerBatchRepository extends VendorRepository<Customer> {

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

    private static final int FIRST_PARAMETER_AFTER_VENDOR = 2;
    private static final ArrayColumns<PlannedRow> DATA = Stream.of(TextMember.values())
            .map(m -> ArrayColumns.text(m.column(), (PlannedRow row) -> m.columnValue(row.data())))
            .reduce(
                    ArrayColumns.timestamp(
                            "reg_date", row -> row.data().regDate().value()),
                    ArrayColumns::and);
    private static final ArrayColumns<PlannedRow> UPDATED =
            ArrayColumns.bigint("id", PlannedRow::id).and(DATA);
    private static final String UPDATE = "update customer c set " + DATA.each(column -> column + " = r." + column)
            + " from " + UPDATED.unnest("r", FIRST_PARAMETER_AFTER_VENDOR) + " where c.vendor = $1 and c.id = r.id";
    private static final ArrayColumns<PlannedRow> CREATED = ArrayColumns.text(
                    "name", (PlannedRow row) -> row.data().name().value())
            .and(ArrayColumns.bigint("group_id", PlannedRow::groupId))
            .and(DATA);
    private static final String CREATE = "insert into customer (vendor, " + CREATED.names() + ")"
            + " select cast($1 as text), r.* from " + CREATED.unnest("r", FIRST_PARAMETER_AFTER_VENDOR)
            + " order by r.group_id, r.name collate \"C\"" + RETURNING_SOMETHING;

    private final RowLockRepository locks;
    private final RegistrationClock clock;
    private final ChangeRepository changes;

    CustomerBatchRepository(
            Database database, RowLockRepository locks, RegistrationClock clock, ChangeRepository changes) {
        super(Customer.class, database);
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
    Uni<List<CustomerData>> write(Vendor vendor, WriteMode mode, List<CustomerData> batch) {
        return transaction(
                vendor,
                () -> prepare(
                                vendor,
                                batch,
                                (locked, stored) ->
                                        new WritePlan(mode, batch, locked, stored, new RegDate(clock.now())))
                        .chain(plan -> clearReferences(vendor, plan.idsToClear())
                                .chain(() -> update(vendor, plan.updated()))
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
    public Uni<CreateMissingResult> createMissing(Vendor vendor, List<CustomerData> batch) {
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
            Vendor vendor, List<CustomerData> batch, BiFunction<LockedRows, StoredCustomers, T> planner) {
        List<CustomerKey> keys = batch.stream().map(CustomerData::key).toList();
        String[] references = batch.stream()
                .map(TextMember.REFERENCE_ID::columnValue)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return sqlUnlessEmpty(references.length, vendor, LOCK_REFERENCES)
                .chain(() -> locks.lock(vendor, keys))
                .chain(locked -> stored(vendor, locked.customerIds().values(), references)
                        .map(stored -> planner.apply(locked, stored)));
    }

    private Uni<StoredCustomers> stored(Vendor vendor, Collection<Long> ids, String[] references) {
        return sql(vendor, STORED, ids.toArray(Long[]::new), references).map(StoredCustomers::of);
    }

    private Uni<Void> clearReferences(Vendor vendor, List<Long> idsToClear) {
        Long[] ids = idsToClear.toArray(Long[]::new);
        return sqlUnlessEmpty(ids.length, vendor, CLEAR_REFERENCES, (Object) ids);
    }

    private Uni<Void> update(Vendor vendor, List<PlannedRow> updated) {
        return sqlUnlessEmpty(updated.size(), vendor, UPDATE, UPDATED.arrays(updated));
    }

    private Uni<Void> create(Vendor vendor, List<PlannedRow> created) {
        return sqlUnlessEmpty(created.size(), vendor, CREATE, CREATED.arrays(created));
    }
}
