package backoffice.customer;

import backoffice.changes.Change;
import backoffice.changes.ChangeType;
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
 * The plan of a batch that writes customers (docs/api.md, sections 5.3 and 5.5). It decides on the rows that exist
 * before the batch (see docs/adr/0008). Only the rule that each {@code referenceId} is unique applies to the state
 * after the batch.
 */
final class WritePlan {

    /**
     * A row that a batch inserts or updates.
     *
     * @param id the id of the customer; null for a new customer
     * @param groupId the id of its group; null for a customer without a group
     * @param before the stored data; null for a new customer
     * @param data the data to store
     */
    record PlannedRow(Long id, Long groupId, CustomerData before, CustomerData data) {

        /** The change as it is recorded. */
        Change change() {
            return new Change(before == null ? ChangeType.CUSTOMER_CREATED : ChangeType.CUSTOMER_CHANGED, before, data);
        }
    }

    private final WriteMode mode;
    private final StoredCustomers stored;

    /** The ids of the customers whose {@code referenceId} the batch sets or clears. */
    private final Set<Long> releasing = new HashSet<>();

    /** The customers of earlier entries, by the {@code referenceId} that they get. */
    private final Map<String, CustomerData> newOwners = new HashMap<>();

    private final Set<Long> idsToClear = new LinkedHashSet<>();
    private final List<PlannedRow> rows = new ArrayList<>();

    /**
     * @param batch the entries, in the order of the request, checked with {@link #requireForm}
     * @param now the {@code regDate} of a new customer that is sent without one
     * @throws ApiException for the first entry that fails: 2001 when its group does not exist, 2101 when its customer
     *     does not exist and the mode creates none, 2103 when its {@code referenceId} belongs to another
     *     customer after the batch
     */
    WritePlan(WriteMode mode, List<CustomerData> batch, LockedRows locked, StoredCustomers stored, RegDate now) {
        this.mode = mode;
        this.stored = stored;
        batch.stream()
                .filter(mode::setsReference)
                .map(entry -> locked.findId(entry.key()))
                .forEach(releasing::add);
        for (int i = 0; i < batch.size(); i++) {
            try {
                write(batch.get(i), locked, now);
            } catch (ApiException e) {
                throw e.at(Location.entryOfBatch(i));
            }
        }
    }

    /**
     * Checks the form of a batch without the database.
     *
     * @throws ApiException (1001) when two entries have the same name and group, or when an entry of {@link
     *     WriteMode#PATCH} clears the {@code regDate}
     */
    static void requireForm(WriteMode mode, List<CustomerData> batch) {
        Set<CustomerKey> keys = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            CustomerData entry = batch.get(i);
            if (!keys.add(entry.key())) {
                throw new ApiException(Problem.ENTRY_TWICE, entry.name().value()).at(Location.entryOfBatch(i));
            }
            if (mode == WriteMode.PATCH && entry.regDate() == RegDate.NONE) {
                throw new ApiException(Problem.REG_DATE_CLEARED)
                        .at(Location.entryOfBatch(i).member("regDate"));
            }
        }
    }

    /**
     * The ids of the customers whose {@code referenceId} another customer of the batch gets. It must be cleared
     * before the rows are written.
     */
    List<Long> idsToClear() {
        return List.copyOf(idsToClear);
    }

    /** The rows to insert, in the order of the request. */
    List<PlannedRow> created() {
        return rows.stream().filter(row -> row.id() == null).toList();
    }

    /** The rows to update, in the order of the request. */
    List<PlannedRow> updated() {
        return rows.stream().filter(row -> row.id() != null).toList();
    }

    /** What the batch changes, in the order of the request. */
    List<Change> changes() {
        return rows.stream().map(PlannedRow::change).toList();
    }

    /** The items of the response: the customer of each entry after the batch, in the order of the request. */
    List<CustomerData> result() {
        return rows.stream().map(PlannedRow::data).toList();
    }

    private void write(CustomerData entry, LockedRows locked, RegDate now) {
        Long groupId = entry.groupName() == null ? null : locked.groupId(entry.groupName());
        Long id = mode == WriteMode.PATCH ? (Long) locked.customerId(entry.key()) : locked.findId(entry.key());
        CustomerData before = id == null ? null : stored.customer(id);
        CustomerData after = mode.apply(entry, before, now);
        if (mode.setsReference(entry) && after.referenceId() != null) {
            takeReference(id, after, after.referenceId().value());
        }
        rows.add(new PlannedRow(id, groupId, before, after));
    }

    private void takeReference(Long id, CustomerData customer, String reference) {
        Long ownerId = stored.findByReference(reference);
        CustomerData newOwner = newOwners.putIfAbsent(reference, customer);
        if (newOwner != null) {
            throw referenceTaken(reference, newOwner);
        }
        if (ownerId != null && !ownerId.equals(id)) {
            if (!releasing.contains(ownerId)) {
                throw referenceTaken(reference, stored.customer(ownerId));
            }
            idsToClear.add(ownerId);
        }
    }

    private static ApiException referenceTaken(String reference, CustomerData owner) {
        return new ApiException(Problem.REFERENCE_TAKEN, reference, owner.name().value());
    }
}
