package backoffice.customer;

import backoffice.customer.CreateMissingResult.Refusal;
import backoffice.customer.WritePlan.PlannedRow;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plan of an imported batch, which creates only the customers that do not exist. It decides about each entry alone,
 * while {@link WritePlan} accepts or refuses a whole batch.
 */
final class CreateMissingPlan {

    private final Set<CustomerKey> createdKeys = new HashSet<>();
    private final Map<String, CustomerKey> createdReferences = new HashMap<>();
    private final List<PlannedRow> created = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private int skipped;

    /** @param now the {@code regDate} of a customer that is sent without one */
    CreateMissingPlan(List<CustomerData> batch, LockedRows locked, Map<Long, CustomerData> stored, RegDate now) {
        for (CustomerData customer : batch) {
            if (locked.findId(customer.key()) != null || createdKeys.contains(customer.key())) {
                skipped++;
            } else {
                try {
                    create(customer.complete(now), locked, stored);
                } catch (ApiException reason) {
                    refused.add(new Refusal(customer.key(), reason));
                }
            }
        }
    }

    private void create(CustomerData customer, LockedRows locked, Map<Long, CustomerData> stored) {
        Long groupId = customer.groupName() == null ? null : locked.groupId(customer.groupName());
        if (customer.referenceId() != null) {
            takeReference(customer.key(), customer.referenceId().value(), stored);
        }
        createdKeys.add(customer.key());
        created.add(new PlannedRow(null, groupId, customer));
    }

    private void takeReference(CustomerKey customer, String reference, Map<Long, CustomerData> stored) {
        Long ownerId = WritePlan.owners(stored).get(reference);
        CustomerKey owner = ownerId == null
                ? createdReferences.putIfAbsent(reference, customer)
                : stored.get(ownerId).key();
        if (owner != null) {
            throw new ApiException(
                    Problem.REFERENCE_TAKEN, reference, owner.name().value());
        }
    }

    /** The rows to insert, in the order of the batch. */
    List<PlannedRow> created() {
        return created;
    }

    /** The result of the batch once the rows are inserted. */
    CreateMissingResult result() {
        return new CreateMissingResult(created.size(), skipped, refused);
    }
}
