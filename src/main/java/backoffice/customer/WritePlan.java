package backoffice.customer;

import backoffice.customer.RowLocks.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plan of a batch that writes customers (docs/api.md, sections 5.3 and 5.5). It decides on the rows before the batch
 * (docs/adr/0008). Only the rule that each {@code referenceId} is unique applies to the state after it.
 */
final class WritePlan {

    /** The two ways in which a batch writes customers. */
    enum WriteMode {
        /** {@code POST}: creates a customer, or overwrites all members of one that exists. */
        OVERWRITE,
        /** {@code PATCH}: changes the members sent of a customer that exists. */
        PATCH
    }

    /**
     * A row that a batch inserts or updates.
     *
     * @param id null for a new customer
     * @param groupId null for a customer without a group
     */
    record PlannedRow(Long id, Long groupId, CustomerData data) {}

    private final WriteMode mode;
    private final Map<Long, CustomerData> stored;

    /** The stored customers by their {@code referenceId}. */
    private final Map<String, Long> owners = new HashMap<>();

    /** The customers whose {@code referenceId} the batch sets or clears. */
    private final Set<Long> releasing = new HashSet<>();

    /** The customers of earlier entries, by the {@code referenceId} that they get. */
    private final Map<String, CustomerData> newOwners = new HashMap<>();

    private final Set<Long> idsToClear = new LinkedHashSet<>();
    private final List<PlannedRow> rows = new ArrayList<>();

    /**
     * @param batch the entries, checked with {@link #requireForm}
     * @param stored the customers that the batch names, and those that have a {@code referenceId} of it, by id
     * @throws ApiException for the first entry that fails: 2001 when its group does not exist, 2101 when its customer
     *     does not exist and the mode creates none, 2103 when another customer has its {@code referenceId} after the batch
     */
    WritePlan(
            WriteMode mode, List<CustomerData> batch, LockedRows locked, Map<Long, CustomerData> stored, RegDate now) {
        this.mode = mode;
        this.stored = stored;
        stored.forEach((id, customer) -> owners.put(TextMember.REFERENCE_ID.columnValue(customer), id));
        batch.stream()
                .filter(this::setsReference)
                .map(entry -> locked.findId(entry.key()))
                .forEach(releasing::add);
        Location.forEachEntry(batch, entry -> write(entry, locked, now));
    }

    /** @throws ApiException (1001) when two entries have the same key, or a {@code PATCH} clears a {@code regDate} */
    static void requireForm(WriteMode mode, List<CustomerData> batch) {
        Set<CustomerKey> keys = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            CustomerData entry = batch.get(i);
            if (!keys.add(entry.key())) {
                throw new ApiException(Problem.ENTRY_TWICE, entry.name().value()).at(Location.BODY.entry(i));
            }
            if (mode == WriteMode.PATCH && entry.regDate() == RegDate.NONE) {
                throw new ApiException(Problem.REG_DATE_CLEARED)
                        .at(Location.BODY.entry(i).member("regDate"));
            }
        }
    }

    /** The customers whose {@code referenceId} moves to another one. It must be cleared before the rows are written. */
    List<Long> idsToClear() {
        return List.copyOf(idsToClear);
    }

    List<PlannedRow> created() {
        return rows.stream().filter(row -> row.id() == null).toList();
    }

    List<PlannedRow> updated() {
        return rows.stream().filter(row -> row.id() != null).toList();
    }

    /** The items of the response. */
    List<CustomerData> result() {
        return rows.stream().map(PlannedRow::data).toList();
    }

    private void write(CustomerData entry, LockedRows locked, RegDate now) {
        Long groupId = entry.groupName() == null ? null : locked.groupId(entry.groupName());
        Long id = mode == WriteMode.PATCH ? (Long) locked.customerId(entry.key()) : locked.findId(entry.key());
        CustomerData before = id == null ? null : stored.get(id);
        CustomerData after = mode == WriteMode.PATCH
                ? entry.applyTo(before)
                : entry.complete(before == null ? now : before.regDate());
        if (setsReference(entry) && after.referenceId() != null) {
            takeReference(id, after, after.referenceId().value());
        }
        rows.add(new PlannedRow(id, groupId, after));
    }

    /** Whether an entry sets or clears the {@code referenceId} of its customer. */
    private boolean setsReference(CustomerData entry) {
        return mode == WriteMode.OVERWRITE || entry.referenceId() != null;
    }

    private void takeReference(Long id, CustomerData customer, String reference) {
        Long ownerId = owners.get(reference);
        CustomerData newOwner = newOwners.putIfAbsent(reference, customer);
        if (newOwner != null) {
            throw referenceTaken(reference, newOwner);
        }
        if (ownerId != null && !ownerId.equals(id)) {
            if (!releasing.contains(ownerId)) {
                throw referenceTaken(reference, stored.get(ownerId));
            }
            idsToClear.add(ownerId);
        }
    }

    private static ApiException referenceTaken(String reference, CustomerData owner) {
        return new ApiException(Problem.REFERENCE_TAKEN, reference, owner.name().value());
    }
}
