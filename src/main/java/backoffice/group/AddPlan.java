package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.customer.RowLocks.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plan of a batch that adds customers to a group (docs/api.md, section 4.3). It decides about every entry on the
 * rows that exist before the batch. Whether two entries collide does not depend on their order. See docs/adr/0008.
 */
final class AddPlan {

    private final Name target;
    private final LockedRows locked;
    private final Set<CustomerKey> entries = new LinkedHashSet<>();

    /** The ids of the customers that move to the target, by name. */
    final Map<Name, Long> moved = new LinkedHashMap<>();

    /** The names of the customers to create in the target. */
    final Set<Name> created = new LinkedHashSet<>();

    /**
     * @throws ApiException for the first entry that fails: 2001 when the group of the entry does not exist, 2101 when
     *     that group does not hold the customer, 2102 when the target holds the name or an earlier entry brings it in
     */
    AddPlan(Name target, List<CustomerKey> batch, LockedRows locked) {
        this.target = target;
        this.locked = locked;
        Location.forEachEntry(batch, entry -> {
            if (entries.add(entry)) {
                add(entry);
            }
        });
    }

    /** The items of the response: each distinct entry once, in the target, in the order of the request. */
    List<CustomerKey> result() {
        return entries.stream()
                .map(entry -> new CustomerKey(entry.name(), target))
                .toList();
    }

    private void add(CustomerKey entry) {
        Name name = entry.name();
        Long id = entry.groupName() == null ? locked.findId(entry) : (Long) locked.customerId(entry);
        if (id == null ? targetHolds(name) : target.equals(entry.groupName())) {
            return;
        }
        requireNameIsFree(name);
        if (id == null) {
            created.add(name);
        } else {
            moved.put(name, id);
        }
    }

    private boolean targetHolds(Name customer) {
        return locked.findId(new CustomerKey(customer, target)) != null;
    }

    private void requireNameIsFree(Name customer) {
        if (targetHolds(customer)) {
            throw new ApiException(Problem.CUSTOMER_EXISTS, customer.value(), target.value());
        }
        if (moved.containsKey(customer) || created.contains(customer)) {
            throw new ApiException(Problem.CUSTOMER_TWICE, customer.value());
        }
    }
}
