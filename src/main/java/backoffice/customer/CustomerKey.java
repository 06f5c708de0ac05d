package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import backoffice.value.OptionalName;
import backoffice.value.RequiredMember;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Objects;

/**
 * What identifies a customer, in and out.
 *
 * @param name its name; must be sent
 * @param groupName the group that it is in; null when it is in none
 */
public record CustomerKey(
        Name name,
        @JsonDeserialize(using = OptionalName.class) Name groupName) {

    public CustomerKey {
        RequiredMember.member("name", name);
    }

    // As in Name: not those of a record.

    @Override
    public boolean equals(Object other) {
        return other instanceof CustomerKey key && name.equals(key.name) && Objects.equals(groupName, key.groupName);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Objects.hashCode(groupName);
    }

    /** The failure (2101) of a call on a customer that is not there. */
    ApiException absent() {
        return groupName == null
                ? new ApiException(Problem.NO_SUCH_UNGROUPED_CUSTOMER, name.value())
                : new ApiException(Problem.NO_SUCH_CUSTOMER, name.value(), groupName.value());
    }
}
