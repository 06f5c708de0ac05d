package backoffice.customer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored customers that a plan needs: those that its batch names, and those that have a {@code referenceId} of
 * its batch.
 */
final class StoredCustomers {

    private final Map<Long, CustomerData> customers = new HashMap<>();
    private final Map<String, Long> idsByReference = new HashMap<>();

    /** @param rows the columns that {@link CustomerRowMapper} reads, and then the id */
    static StoredCustomers of(List<Object[]> rows) {
        StoredCustomers stored = new StoredCustomers();
        rows.forEach(row -> stored.add((Long) row[row.length - 1], CustomerRowMapper.read(column -> row[column])));
        return stored;
    }

    void add(long id, CustomerData customer) {
        customers.put(id, customer);
        if (customer.referenceId() != null) {
            idsByReference.put(customer.referenceId().value(), id);
        }
    }

    /** The data of a customer; null when no customer with this id was read. */
    CustomerData customer(long id) {
        return customers.get(id);
    }

    /** The id of the customer that has a {@code referenceId}; null when no customer has it. */
    Long findByReference(String referenceId) {
        return idsByReference.get(referenceId);
    }
}
