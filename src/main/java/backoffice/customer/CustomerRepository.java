package backoffice.customer;

import static backoffice.customer.CustomerRowMapper.texts;
import static backoffice.persistence.Citus.NO_ROW;
import static backoffice.persistence.Citus.ON_NODE_OF_VENDOR;
import static backoffice.persistence.Citus.PINNED;
import static backoffice.persistence.Citus.RETURNING_SOMETHING;
import static java.util.stream.Collectors.toMap;

import backoffice.customer.WritePlan.PlannedRow;
import backoffice.customer.WritePlan.WriteMode;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.pagination.PageRange;
import backoffice.pagination.PagedList;
import backoffice.pagination.PagedRepository;
import backoffice.persistence.Database;
import backoffice.persistence.PostgresErrors;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import backoffice.search.Hql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The repository of customers, with and without a group (docs/api.md, sections 3.5, 5.1 and 5.3). A batch of any size is one
 * transaction. It has at most six statements besides those of its idempotency key, and more only when {@link RowLocks} meets
 * a concurrent change.
 */
@Singleton
public class CustomerRepository extends PagedRepository<Customer> {

    private static final PagedList LIST = new CustomerList();
    private static final String FIND_WITHOUT_GROUP = "select " + CustomerRowMapper.SQL + """
             from customer c left join customer_group g on g.vendor = $1 and
            """ + NO_ROW + """
             where c.vendor = $1 and c.name = $2 and c.group_id is null
            """;

    // One statement reads the group and the customer, so that both come from one snapshot. No row means that the group
    // does not exist. A row whose first column is null means that the customer does not exist.
    private static final String FIND_IN_GROUP = "select " + CustomerRowMapper.SQL + """
             from customer_group g left join customer c on c.vendor = $1 and c.group_id = g.id and c.name = $2
            where g.vendor = $1 and g.name = $3
            """;
    private static final String DELETE_WITHOUT_GROUP =
            "delete from customer c where c.vendor = $1 and c.name = $2 and c.group_id is null returning c.name";

    // The lock of the group comes before that of the customer, as in a deletion of the group, so that one waits for the
    // other and they do not deadlock.
    private static final String DELETE_IN_GROUP = """
            with containing_group as (select id from customer_group where vendor = $1 and name = $3 for key share),
            deleted as (
                delete from customer c using containing_group
                where c.vendor = $1 and c.name = $2 and c.group_id = containing_group.id returning c.name
            )
            select c.name from containing_group g left join deleted c on true
            """;

    // What nobody has yet has no rows to lock. Batches that give the same referenceIds or new names in different orders
    // would deadlock, and PostgreSQL detects a deadlock only after a second. So one batch of a vendor at a time gives
    // such.
    // See docs/adr/0009.
    private static final String LOCK_GIVING = PINNED
            + " select cast(pg_advisory_xact_lock(advisory_lock_id('3', cast($1 as text))) as text)"
            + ON_NODE_OF_VENDOR;

    // The arrays are subselects for the reason that RowLocks tells.
    static final String STORED =
            """
            with wanted as (
                select unnest((select cast($2 as bigint[]))) as id
                union
                select holder.id from unnest((select cast($3 as text[]))) as r (reference) cross join lateral (
                    select id from customer where vendor = $1 and reference_id = r.reference limit 1) holder
            )
            """ + VendorSql.sized("select " + CustomerRowMapper.SQL + """
                    , c.id
                    from wanted cross join lateral (select * from customer where vendor = $1 and id = wanted.id limit 1) c
                    left join lateral (select name from customer_group where vendor = $1 and id = c.group_id limit 1) g
                    on true
                    """, CustomerRowMapper.BYTES, 4);
    private static final int ID = CustomerRowMapper.HQL.size();

    // PostgreSQL checks the unique constraint row by row. So a referenceId that moves to another customer is cleared in
    // a statement of its own.
    private static final String CLEAR_REFERENCES =
            "update customer set reference_id = null where vendor = $1 and id = any ($2)";

    private static final String DELETE = "delete from customer where vendor = $1 and id = any ($2)";

    // One array for each column, so that the text does not depend on the number of rows. See docs/adr/0012. The order
    // by name
    // keeps batches that give the same names from a deadlock. The arrays are subselects, so that the planner does not
    // see
    // their sizes, and the join of the update keeps the order. See docs/adr/0008.
    private static final int FIRST_TEXT = 6;
    private static final String COLUMNS = "name, group_id, reg_date, " + texts(TextMember::column);
    private static final String ROWS =
            " from (select * from unnest(" + array(2, "bigint") + ", " + array(3, "text") + ", "
                    + array(4, "bigint") + ", " + array(5, "timestamp") + ", "
                    + texts(m -> array(FIRST_TEXT + m.ordinal(), "text")) + ") as r (id, " + COLUMNS
                    + ") order by group_id nulls first, name collate \"C\") r";
    private static final String UPDATE = "update customer c set name = r.name, reg_date = r.reg_date, "
            + texts(m -> m.column() + " = r." + m.column()) + ROWS + " where c.vendor = $1 and c.id = r.id";
    private static final String CREATE = "insert into customer (vendor, " + COLUMNS + ") select cast($1 as text), "
            + COLUMNS + ROWS + RETURNING_SOMETHING;

    private final RowLocks locks;
    private final ZoneId zone;

    private static String array(int parameter, String type) {
        return "(select cast($" + parameter + " as " + type + "[]))";
    }

    CustomerRepository(Database database, RowLocks locks, @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        super(database);
        this.locks = locks;
        this.zone = zone;
    }

    /** Reads a page of the customers that a search finds. */
    Work<Page<CustomerData>> page(Hql search, PageRange page) {
        return page(LIST, search, page, CustomerRowMapper::read);
    }

    /** Reads one customer; fails with 2001 when its group does not exist, and with 2101 when it does not exist. */
    Work<Page<CustomerData>> get(CustomerKey key) {
        String statement = key.groupName() == null ? FIND_WITHOUT_GROUP : FIND_IN_GROUP;
        return Work.readRow(db -> db.select(statement, parameters(key))
                .invoke(rows -> requireFound(rows, key))
                .map(rows -> Page.of(CustomerRowMapper.read(column -> rows.get(0)[column]))));
    }

    /** Deletes one customer; fails with 2001 and 2101 as {@link #get} does. */
    Work<List<CustomerKey>> delete(CustomerKey key) {
        String statement = key.groupName() == null ? DELETE_WITHOUT_GROUP : DELETE_IN_GROUP;
        return Work.changeRow(db -> db.updateReturning(statement, parameters(key))
                .invoke(rows -> requireFound(rows, key))
                .replaceWith(List.of(key)));
    }

    private static Object[] parameters(CustomerKey key) {
        String name = key.name().value();
        return key.groupName() == null
                ? new Object[] {name}
                : new Object[] {name, key.groupName().value()};
    }

    private static void requireFound(List<Object[]> rows, CustomerKey key) {
        if (rows.isEmpty() && key.groupName() != null) {
            throw new ApiException(Problem.NO_SUCH_GROUP, key.groupName().value());
        }
        if (rows.isEmpty() || rows.get(0)[0] == null) {
            throw key.notFound();
        }
    }

    /**
     * Deletes all customers of a batch or none, and returns each once. The first entry without its group fails with 2001,
     * or without its customer with 2101.
     */
    Work<List<CustomerKey>> delete(List<CustomerKey> batch) {
        Set<CustomerKey> keys = new LinkedHashSet<>(batch);
        return Work.changeRows(
                batch.size(),
                db -> locks.lock(db, keys).chain(locked -> {
                    Location.forEachEntry(batch, locked::customerId);
                    Object ids = locked.customerIds().values().toArray(Long[]::new);
                    return db.updateRows(keys.size(), DELETE, ids).replaceWith(() -> List.copyOf(keys));
                }));
    }

    /** Creates or overwrites all customers of a batch or none, and returns the items of the response; fails as {@link WritePlan}. */
    Work<List<CustomerData>> overwrite(List<CustomerData> batch) {
        return write(WriteMode.OVERWRITE, batch, Map.of());
    }

    /** Changes and renames all customers of a batch or none, as {@link #overwrite}. */
    Work<List<CustomerData>> patch(List<CustomerPatch> batch) {
        List<CustomerData> customers =
                batch.stream().map(CustomerPatch::customer).toList();
        return write(WriteMode.PATCH, customers, CustomerPatch.newKeys(batch));
    }

    /** @param newKeys the keys of the customers that the batch renames, by their present key */
    private Work<List<CustomerData>> write(
            WriteMode mode, List<CustomerData> batch, Map<CustomerKey, CustomerKey> newKeys) {
        WritePlan.requireForm(mode, batch);
        Set<CustomerKey> keys = new HashSet<>(newKeys.values());
        batch.forEach(entry -> keys.add(entry.key()));
        String[] references = batch.stream()
                .map(TextMember.REFERENCE_ID::columnValue)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return Work.changeRows(
                batch.size(),
                db -> lockGiving(db, references.length > 0 || !newKeys.isEmpty())
                        .chain(() -> locks.lock(db, keys))
                        .chain(locked -> stored(db, locked.customerIds().values(), references)
                                .map(stored -> new WritePlan(mode, batch, newKeys, locked, stored, RegDate.now(zone))))
                        .chain(plan -> clearReferences(db, plan.idsToClear)
                                .chain(() -> write(db, UPDATE, plan.updated))
                                .chain(() -> write(db, CREATE, plan.created))
                                .replaceWith(plan.result)));
    }

    private Uni<?> lockGiving(VendorSql db, boolean gives) {
        return gives ? db.select(LOCK_GIVING) : Uni.createFrom().voidItem();
    }

    private Uni<Map<Long, CustomerData>> stored(VendorSql db, Collection<Long> lockedIds, String[] references) {
        return db.selectSized(STORED, lockedIds.toArray(Long[]::new), references)
                .map(rows ->
                        rows.stream().collect(toMap(row -> (Long) row[ID], row -> CustomerRowMapper.read(i -> row[i]))))
                .invoke(stored -> {
                    if (!stored.keySet().containsAll(lockedIds)) {
                        throw PostgresErrors.conflict("A row that is locked is not found");
                    }
                });
    }

    private Uni<Void> clearReferences(VendorSql db, Set<Long> ids) {
        return db.updateRows(ids.size(), CLEAR_REFERENCES, (Object) ids.toArray(Long[]::new));
    }

    private Uni<Void> write(VendorSql db, String statement, List<PlannedRow> rows) {
        Object[] arrays = Stream.concat(
                        Stream.of(
                                array(rows, PlannedRow::id, Long[]::new),
                                array(rows, row -> row.data().name().value(), String[]::new),
                                array(rows, PlannedRow::groupId, Long[]::new),
                                array(rows, row -> row.data().regDate().value(), LocalDateTime[]::new)),
                        Stream.of(TextMember.values())
                                .map(m -> array(rows, row -> m.columnValue(row.data()), String[]::new)))
                .toArray();
        return db.updateRows(rows.size(), statement, arrays);
    }

    private static Object[] array(List<PlannedRow> rows, Function<PlannedRow, ?> value, IntFunction<Object[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
