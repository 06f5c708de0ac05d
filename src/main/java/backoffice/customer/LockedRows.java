package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.Map;

/**
 * What the database holds of the groups and customers that a batch speaks of, locked until the transaction ends.
 *
 * @param groups the ids of the groups
 * @param customers the ids of the customers
 */
public record LockedRows(Map<Name, Long> groups, Map<CustomerKey, Long> customers) {

    /** The id of the customer of that name without a group; null when there is none. */
    public Long ungrouped(Name customer) {
        return idOf(new CustomerKey(customer, null));
    }

    /** Whether the group exists and holds a customer of that name. */
    public boolean holds(Name group, Name customer) {
        return idOf(new CustomerKey(customer, group)) != null;
    }

    /** The id of a group; fails with 2001 when there is none. */
    public long group(Name group) {
        Long id = groups.get(group);
        if (id == null) {
            throw new ApiException(Problem.NO_SUCH_GROUP, group.value());
        }
        return id;
    }

    /** The id of a customer; null when there is no such group, or no such customer in it. */
    Long idOf(CustomerKey key) {
        return customers.get(key);
    }

    /** The id of a customer; fails with 2001 or 2101 when there is no such group, or no such customer in it. */
    public long customer(CustomerKey key) {
        if (key.groupName() != null) {
            group(key.groupName());
        }
        Long id = idOf(key);
        if (id == null) {
            throw key.absent();
        }
        return id;
    }
}
