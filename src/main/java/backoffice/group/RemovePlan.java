package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.customer.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What taking customers out of a group comes to (contract, section 4). */
final class RemovePlan {

    private final Map<Name, Long> removed = new LinkedHashMap<>();

    /**
     * @throws ApiException for the first entry that fails: 2101 when the group does not hold the customer, 2102 when a
     *     customer without a group has the name
     */
    RemovePlan(Name group, List<CustomerKey> batch, LockedRows roster) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                remove(batch.get(i).name(), group, roster);
            } catch (ApiException e) {
                throw e.at("[" + i + "]");
            }
        }
    }

    /** @throws ApiException (1001) when an entry names another group than the one that it is to be taken out of */
    static void requireForm(Name group, List<CustomerKey> batch) {
        for (int i = 0; i < batch.size(); i++) {
            Name named = batch.get(i).groupName();
            if (named != null && !named.equals(group)) {
                throw new ApiException(Problem.OTHER_GROUP, named.value(), group.value()).at("[" + i + "].groupName");
            }
        }
    }

    /** The customers that leave the group, each with its id. */
    Map<Name, Long> removed() {
        return removed;
    }

    /** The answer: every customer once, without a group. */
    List<CustomerKey> outcome() {
        return removed.keySet().stream()
                .map(name -> new CustomerKey(name, null))
                .toList();
    }

    private void remove(Name customer, Name group, LockedRows roster) {
        removed.put(customer, roster.customer(new CustomerKey(customer, group)));
        if (roster.ungrouped(customer) != null) {
            throw new ApiException(Problem.UNGROUPED_CUSTOMER_EXISTS, customer.value());
        }
    }
}
