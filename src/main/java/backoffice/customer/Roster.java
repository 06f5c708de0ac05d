package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.util.Map;
import java.util.Objects;

/**
 * What the database holds of the groups and customers that a batch speaks of, locked until the transaction ends.
 *
 * @param groups the ids of the groups, by name
 * @param customers the ids of the customers, by where they are
 */
public record Roster(Map<Name, Long> groups, Map<Place, Long> customers) {

    /**
     * Where a customer is.
     *
     * @param group the id of its group; null when it is in none
     * @param customer its name
     */
    public record Place(Long group, Name customer) {

        // As in Name: not those of a record.

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place
                    && customer.equals(place.customer)
                    && Objects.equals(group, place.group);
        }

        @Override
        public int hashCode() {
            return 31 * customer.hashCode() + Objects.hashCode(group);
        }
    }

    /** The id of the customer of that name without a group; null when there is none. */
    public Long ungrouped(Name customer) {
        return customers.get(new Place(null, customer));
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
        if (key.groupName() == null) {
            return ungrouped(key.name());
        }
        Long group = groups.get(key.groupName());
        return group == null ? null : customers.get(new Place(group, key.name()));
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
