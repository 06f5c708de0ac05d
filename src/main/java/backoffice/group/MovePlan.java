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
import java.util.Objects;
import java.util.Set;

/**
 * The plan of a batch that adds customers to a group, or takes them out of one (docs/api.md, sections 4.3 and 4.4). It
 * decides about every entry on the rows that exist before the batch. Whether two entries collide does not depend on their
 * order. See docs/adr/0008.
 */
final class MovePlan {

    private final Name target;
    private final LockedRows locked;

    /** Each distinct entry once, in the order of the request. */
    final Set<CustomerKey> entries = new LinkedHashSet<>();

    /** The ids of the customers that move to the target, by name. */
    final Map<Name, Long> moved = new LinkedHashMap<>();

    /** The names of the customers to create in the target. */
    final Set<Name> created = new LinkedHashSet<>();

    /**
     * @param batch each customer with the group that holds it now. One without a group is created if it does not exist
     * @param target the group of all customers after the batch; null for none
     * @throws ApiException for the first entry that fails: 2001 when the group of the entry does not exist, 2101 when
     *     that group does not hold the customer, 2102 when the target holds the name or an earlier entry brings it in
     */
    MovePlan(List<CustomerKey> batch, Name target, LockedRows locked) {
        this.target = target;
        this.locked = locked;
        Location.forEachEntry(batch, entry -> {
            if (entries.add(entry)) {
                decide(entry);
            }
        });
    }

    private void decide(CustomerKey entry) {
        Name name = entry.name();
        Long id = entry.groupName() == null ? locked.findId(entry) : locked.customerId(entry);
        CustomerKey after = new CustomerKey(name, target);
        boolean targetHolds = locked.findId(after) != null;
        if (id == null ? targetHolds : Objects.equals(entry.groupName(), target)) {
            return;
        }
        if (targetHolds) {
            throw after.taken();
        }
        if (moved.containsKey(name) || created.contains(name)) {
            throw new ApiException(Problem.CUSTOMER_TWICE, name.value());
        }
        if (id == null) {
            created.add(name);
        } else {
            moved.put(name, id);
        }
    }
}
