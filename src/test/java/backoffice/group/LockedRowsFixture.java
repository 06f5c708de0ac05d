package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.customer.LockedRows;
import backoffice.value.Name;
import java.util.HashMap;
import java.util.Map;

/** Locked rows of the groups {@code target}, {@code other} and {@code third}, which have the ids 1, 2 and 3. */
final class LockedRowsFixture {

    static final Name TARGET = new Name("target");

    private static final Map<Name, Long> GROUPS = Map.of(TARGET, 1L, new Name("other"), 2L, new Name("third"), 3L);

    private LockedRowsFixture() {}

    /**
     * The locked rows of the three groups and of these customers. The customers have the ids 101, 102 and so on.
     *
     * @param places {@code group/customer}, or {@code /customer} for a customer without a group
     */
    static LockedRows lockedRows(String... places) {
        Map<CustomerKey, Long> customers = new HashMap<>();
        for (String place : places) {
            String[] parts = place.split("/");
            Name group = parts[0].isEmpty() ? null : new Name(parts[0]);
            customers.put(new CustomerKey(new Name(parts[1]), group), 101L + customers.size());
        }
        return new LockedRows(GROUPS, customers);
    }

    static CustomerKey customer(String name) {
        return new CustomerKey(new Name(name), null);
    }

    static CustomerKey customer(String name, String group) {
        return new CustomerKey(new Name(name), new Name(group));
    }
}
