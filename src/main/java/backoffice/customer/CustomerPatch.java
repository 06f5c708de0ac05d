package backoffice.customer;

import backoffice.value.Name;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The change of a customer in the body of a {@code PATCH} (docs/api.md, section 5.3): the members of {@link CustomerData},
 * which a record cannot inherit, and the new name.
 *
 * @param newName null for a customer that keeps its name
 */
public record CustomerPatch(
        Name name,

        @JsonDeserialize(using = Name.OrNone.class) Name groupName,

        @JsonDeserialize(using = Text.Description.class) Text description,

        RegDate regDate,
        Text officeNumber,
        Text mobileNumber,
        Text email,
        Text address,
        Text city,
        Text country,
        Text postcode,
        Text contact,
        Text referenceId,
        Name newName)
        implements Name.Required {

    /** The customer with the members that the request sends. */
    CustomerData customer() {
        return new CustomerData(
                name,
                groupName,
                description,
                regDate,
                officeNumber,
                mobileNumber,
                email,
                address,
                city,
                country,
                postcode,
                contact,
                referenceId);
    }

    /** The keys of the customers that a batch renames, by their present key. */
    static Map<CustomerKey, CustomerKey> newKeys(List<CustomerPatch> batch) {
        Map<CustomerKey, CustomerKey> newKeys = new HashMap<>();
        for (CustomerPatch patch : batch) {
            if (patch.newName != null && !patch.newName.equals(patch.name)) {
                newKeys.put(
                        new CustomerKey(patch.name, patch.groupName), new CustomerKey(patch.newName, patch.groupName));
            }
        }
        return newKeys;
    }
}
