package backoffice.customer;

import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;

/** What the database holds of the customers of a batch, and of those that have a referenceId it asks for. */
final class StoredCustomers {

    private final Map<Long, CustomerData> customers = new HashMap<>();
    private final Map<String, Long> holders = new HashMap<>();

    /** @param rows as {@link CustomerRowMapper} reads them, with the id */
    static StoredCustomers of(Iterable<Row> rows) {
        StoredCustomers stored = new StoredCustomers();
        rows.forEach(row -> stored.add(row.getLong("id"), CustomerRowMapper.read(row::getValue)));
        return stored;
    }

    void add(long id, CustomerData customer) {
        customers.put(id, customer);
        if (customer.referenceId() != null) {
            holders.put(customer.referenceId().value(), id);
        }
    }

    CustomerData customer(long id) {
        return customers.get(id);
    }

    /** The id of the customer that has a referenceId; null when none has. */
    Long holder(String referenceId) {
        return holders.get(referenceId);
    }
}
