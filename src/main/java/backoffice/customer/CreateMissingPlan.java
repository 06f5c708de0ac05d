package backoffice.customer;

import backoffice.customer.CreateMissingResult.Refusal;
import backoffice.customer.WritePlan.Outcome;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which customers of a batch that comes from elsewhere are created: each for itself, where {@link WritePlan} takes all or none. */
final class CreateMissingPlan {

    private final Set<CustomerKey> keys = new HashSet<>();
    private final Map<String, CustomerKey> taken = new HashMap<>();
    private final List<Outcome> created = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private int present;

    /** @param now when a customer was registered that does not say so itself */
    CreateMissingPlan(List<CustomerData> batch, LockedRows roster, StoredCustomers stored, RegDate now) {
        for (CustomerData customer : batch) {
            if (roster.idOf(customer.key()) != null || keys.contains(customer.key())) {
                present++;
            } else {
                try {
                    create(customer.whole(now), roster, stored);
                } catch (ApiException reason) {
                    refused.add(new Refusal(customer.key(), reason));
                }
            }
        }
    }

    private void create(CustomerData customer, LockedRows roster, StoredCustomers stored) {
        Long group = customer.groupName() == null ? null : roster.group(customer.groupName());
        if (customer.referenceId() != null) {
            takeReference(customer.key(), customer.referenceId().value(), stored);
        }
        keys.add(customer.key());
        created.add(new Outcome(null, group, customer));
    }

    private void takeReference(CustomerKey customer, String reference, StoredCustomers stored) {
        Long holder = stored.holder(reference);
        CustomerKey other = holder == null
                ? taken.putIfAbsent(reference, customer)
                : stored.customer(holder).key();
        if (other != null) {
            throw new ApiException(
                    Problem.REFERENCE_TAKEN, reference, other.name().value());
        }
    }

    /** The customers that come to be. */
    List<Outcome> created() {
        return created;
    }

    /** What is told of it all. */
    CreateMissingResult intake() {
        return new CreateMissingResult(created.size(), present, refused);
    }
}
