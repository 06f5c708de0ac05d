package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * The key of a customer in the bodies of requests and responses (docs/api.md, section 4.3).
 *
 * @param groupName null for a customer without a group
 */
public record CustomerKey(
        Name name,

        @JsonDeserialize(using = Name.OrNone.class) Name groupName) implements Name.Required {

    /** The failure (2101) of a call whose customer does not exist. */
    ApiException notFound() {
        return groupName == null
                ? new ApiException(Problem.NO_SUCH_UNGROUPED_CUSTOMER, name.value())
                : new ApiException(Problem.NO_SUCH_CUSTOMER, name.value(), groupName.value());
    }

    /** The failure (2102) of a call that would give this key to another customer than the one that has it. */
    public ApiException taken() {
        return groupName == null
                ? new ApiException(Problem.UNGROUPED_CUSTOMER_EXISTS, name.value())
                : new ApiException(Problem.CUSTOMER_EXISTS, name.value(), groupName.value());
    }
}
