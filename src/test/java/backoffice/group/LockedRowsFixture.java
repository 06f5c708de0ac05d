package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.customer.LockedRows;
import backoffice.value.Name;
import java.util.HashMap;
import java.util.Map;

/** Rosters of three groups: {@code target}, {@code other} and {@code third}, with the ids 1, 2 and 3. */
final class LockedRowsFixture {

    static final Name TARGET = new Name("target");

    private static final Map<Name, Long> GROUPS = Map.of(TARGET, 1L, new Name("other"), 2L, new Name("third"), 3L);

    private LockedRowsFixture() {}

    /** @param places {@code group/customer}, or {@code /customer} for one without a group; their ids are 101, 102 and so on */
    static LockedRows holding(String... places) {
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
