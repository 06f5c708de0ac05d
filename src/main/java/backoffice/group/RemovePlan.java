package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.customer.RowLocks.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plan of a batch that takes customers out of a group (docs/api.md, section 4.4). */
final class RemovePlan {

    /** The ids of the customers that leave the group, by name. */
    final Map<Name, Long> removed = new LinkedHashMap<>();

    /**
     * @param batch the entries, checked with {@link #requireForm}
     * @throws ApiException for the first entry that fails: 2001 when the group does not exist, 2101 when the group
     *     does not hold the customer, 2102 when a customer without a group has the same name
     */
    RemovePlan(Name group, List<CustomerKey> batch, LockedRows locked) {
        Location.forEachEntry(batch, entry -> remove(entry.name(), group, locked));
    }

    /** @throws ApiException (1001) when an entry has a {@code groupName} other than the group in the path */
    static void requireForm(Name group, List<CustomerKey> batch) {
        for (int i = 0; i < batch.size(); i++) {
            Name sent = batch.get(i).groupName();
            if (sent != null && !sent.equals(group)) {
                throw new ApiException(Problem.OTHER_GROUP, sent.value(), group.value())
                        .at(Location.BODY.entry(i).member("groupName"));
            }
        }
    }

    /** The items of the response: each customer once, without a group, in the order of the request. */
    List<CustomerKey> result() {
        return removed.keySet().stream()
                .map(name -> new CustomerKey(name, null))
                .toList();
    }

    private void remove(Name customer, Name group, LockedRows locked) {
        removed.put(customer, locked.customerId(new CustomerKey(customer, group)));
        if (locked.findId(new CustomerKey(customer, null)) != null) {
            throw new ApiException(Problem.UNGROUPED_CUSTOMER_EXISTS, customer.value());
        }
    }
}
