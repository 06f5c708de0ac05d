package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.Map;

/**
 * The ids of the groups and customers that a batch names and that exist. Their rows are locked until the transaction
 * ends. See docs/adr/0008.
 */
public record LockedRows(Map<Name, Long> groupIds, Map<CustomerKey, Long> customerIds) {

    /** @throws ApiException (2001) when the group does not exist */
    public long groupId(Name group) {
        Long id = groupIds.get(group);
        if (id == null) {
            throw new ApiException(Problem.NO_SUCH_GROUP, group.value());
        }
        return id;
    }

    /** Null when the group or the customer does not exist. */
    public Long findId(CustomerKey key) {
        return customerIds.get(key);
    }

    /** @throws ApiException 2001 when the group of the key does not exist, 2101 when the customer does not exist */
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
