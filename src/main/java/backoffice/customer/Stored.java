package backoffice.customer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the database holds of the customers of a batch, and of those that have a referenceId it asks for. */
final class Stored {

    private final Map<Long, CustomerData> customers = new HashMap<>();
    private final Map<Text, Long> holders = new HashMap<>();

    /** @param rows as {@link CustomerRows} reads them, with the id as the last column */
    static Stored of(List<Object[]> rows) {
        Stored stored = new Stored();
        rows.forEach(row -> stored.add((Long) row[CustomerRows.WIDTH], CustomerRows.read(row)));
        return stored;
    }

    void add(long id, CustomerData customer) {
        customers.put(id, customer);
        if (customer.referenceId() != null) {
            holders.put(customer.referenceId(), id);
        }
    }

    CustomerData customer(long id) {
        return customers.get(id);
    }

    /** The id of the customer that has a referenceId; null when none has. */
    Long holder(Text referenceId) {
        return holders.get(referenceId);
    }
}
