package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.Map;

/**
 * The groups and customers that a batch names and that exist (see docs/adr/0008). Their rows are locked until the
 * transaction ends.
 *
 * @param groupIds the ids of the groups, by name
 * @param customerIds the ids of the customers, by name and group
 */
public record LockedRows(Map<Name, Long> groupIds, Map<CustomerKey, Long> customerIds) {

    /** The id of the customer that has this name and is in no group; null when there is none. */
    public Long ungroupedId(Name customer) {
        return findId(new CustomerKey(customer, null));
    }

    /** Whether the group exists and a customer of this name is in it. */
    public boolean holds(Name group, Name customer) {
        return findId(new CustomerKey(customer, group)) != null;
    }

    /**
     * The id of a group.
     *
     * @throws ApiException (2001) when the group does not exist
     */
    public long groupId(Name group) {
        Long id = groupIds.get(group);
        if (id == null) {
            throw new ApiException(Problem.NO_SUCH_GROUP, group.value());
        }
        return id;
    }

    /** The id of a customer; null when the group or the customer does not exist. */
    Long findId(CustomerKey key) {
        return customerIds.get(key);
    }

    /**
     * The id of a customer.
     *
     * @throws ApiException 2001 when the group of the key does not exist, 2101 when the customer does not exist
     */
    public long customerId(CustomerKey key) {
        if (key.groupName() != null) {
            groupId(key.groupName());
        }
        Long id = findId(key);
        if (id == null) {
            throw key.notFound();
        }
        return id;
    }
}
