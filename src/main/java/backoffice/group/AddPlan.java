package backoffice.group;

import backoffice.customer.CustomerKey;
import backoffice.customer.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What adding customers to a group comes to (contract, section 4): decided on what is there before the batch. */
final class AddPlan {

    private final Name target;
    private final LockedRows roster;
    private final Set<CustomerKey> entries = new LinkedHashSet<>();
    private final Map<Name, Long> moved = new LinkedHashMap<>();
    private final Set<Name> created = new LinkedHashSet<>();

    /**
     * @throws ApiException for the first entry that fails: 2001 when there is no such group, 2101 when it does not hold
     *     the customer, 2102 when the target holds the name or an earlier entry brings it in
     */
    AddPlan(Name target, List<CustomerKey> batch, LockedRows roster) {
        this.target = target;
        this.roster = roster;
        for (int i = 0; i < batch.size(); i++) {
            if (entries.add(batch.get(i))) {
                try {
                    add(batch.get(i));
                } catch (ApiException e) {
                    throw e.at("[" + i + "]");
                }
            }
        }
    }

    /** The customers that move into the target, each with its id. */
    Map<Name, Long> moved() {
        return moved;
    }

    /** The customers that come to be in the target. */
    List<Name> created() {
        return List.copyOf(created);
    }

    /** The answer: every entry once, now in the target. */
    List<CustomerKey> outcome() {
        return entries.stream()
                .map(entry -> new CustomerKey(entry.name(), target))
                .toList();
    }

    private void add(CustomerKey entry) {
        if (entry.groupName() == null) {
            Long ungrouped = roster.ungrouped(entry.name());
            if (ungrouped != null) {
                requireFree(entry.name());
                moved.put(entry.name(), ungrouped);
            } else if (!roster.holds(target, entry.name())) {
                requireFree(entry.name());
                created.add(entry.name());
            }
        } else {
            long customer = roster.customer(entry);
            if (!entry.groupName().equals(target)) {
                requireFree(entry.name());
                moved.put(entry.name(), customer);
            }
        }
    }

    private void requireFree(Name customer) {
        if (roster.holds(target, customer)) {
            throw new ApiException(Problem.CUSTOMER_EXISTS, customer.value(), target.value());
        }
        if (moved.containsKey(customer) || created.contains(customer)) {
            throw new ApiException(Problem.CUSTOMER_TWICE, customer.value());
        }
    }
}
