package backoffice.customer;

import static java.util.stream.Collectors.toSet;

import backoffice.customer.RowLocks.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    /** The keys that earlier entries give to customers with another name. */
    private final Set<CustomerKey> takenKeys = new HashSet<>();

    /** The stored customers by their {@code referenceId}. */
    private final Map<String, Long> owners = new HashMap<>();

    /** The customers that keep their {@code referenceId} or have got it from an earlier entry, by that. */
    private final Map<String, CustomerData> newOwners = new HashMap<>();

    /** The customers whose {@code referenceId} moves to another one. It must be cleared before the rows are written. */
    final Set<Long> idsToClear = new HashSet<>();

    final List<PlannedRow> created = new ArrayList<>();
    final List<PlannedRow> updated = new ArrayList<>();

    /** The items of the response. */
    final List<CustomerData> result = new ArrayList<>();

    /**
     * @param batch the entries, checked with {@link #requireForm}
     * @param newKeys the keys of the customers that the batch renames, by their present key
     * @param locked the customers of both keys
     * @param stored the customers that the batch names, and those that have a {@code referenceId} of it, by id
     * @throws ApiException for the first entry that fails: 2001 when its group does not exist, 2101 when its customer
     *     does not exist and the mode creates none, 2102 when a customer has its new name or an earlier entry takes it, 2103
     *     when another customer has its {@code referenceId} after the batch
     */
    WritePlan(
            WriteMode mode,
            List<CustomerData> batch,
            Map<CustomerKey, CustomerKey> newKeys,
            LockedRows locked,
            Map<Long, CustomerData> stored,
            RegDate now) {
        this.mode = mode;
        Set<Long> releasing = batch.stream()
                .filter(this::setsReference)
                .map(entry -> locked.findId(entry.key()))
                .collect(toSet());
        stored.forEach((id, customer) -> {
            String reference = TextMember.REFERENCE_ID.columnValue(customer);
            owners.put(reference, id);
            if (!releasing.contains(id)) {
                newOwners.put(reference, customer);
            }
        });
        Location.forEachEntry(batch, entry -> write(entry, newKeys.get(entry.key()), locked, stored, now));
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

    /** @param newKey null for a customer that keeps its name */
    private void write(
            CustomerData entry, CustomerKey newKey, LockedRows locked, Map<Long, CustomerData> stored, RegDate now) {
        Long groupId = entry.groupName() == null ? null : locked.groupId(entry.groupName());
        boolean isPatch = mode == WriteMode.PATCH;
        Long id = isPatch ? locked.customerId(entry.key()) : locked.findId(entry.key());
        CustomerData before = stored.get(id);
        CustomerData after = entry.complete(
                newKey == null ? entry.key() : newKey,
                before == null ? now : before.regDate(),
                member -> isPatch ? member.of(before) : null);
        if (newKey != null) {
            takeKey(newKey, locked);
        }
        if (setsReference(entry) && after.referenceId() != null) {
            takeReference(id, after, after.referenceId().value());
        }
        (id == null ? created : updated).add(new PlannedRow(id, groupId, after));
        result.add(after);
    }

    /** Whether an entry sets or clears the {@code referenceId} of its customer. */
    private boolean setsReference(CustomerData entry) {
        return mode == WriteMode.OVERWRITE || entry.referenceId() != null;
    }

    private void takeKey(CustomerKey key, LockedRows locked) {
        if (locked.findId(key) != null) {
            throw key.taken();
        }
        if (!takenKeys.add(key)) {
            throw new ApiException(Problem.RENAMED_TWICE, key.name().value());
        }
    }

    private void takeReference(Long id, CustomerData customer, String reference) {
        CustomerData newOwner = newOwners.putIfAbsent(reference, customer);
        if (newOwner != null) {
            throw new ApiException(
                    Problem.REFERENCE_TAKEN, reference, newOwner.name().value());
        }
        Long owner = owners.get(reference);
        if (owner != null && !owner.equals(id)) {
            idsToClear.add(owner);
        }
    }
}
