package backoffice.customer;

import backoffice.envelope.ApiException;
import java.util.List;

/**
 * What became of a batch of customers that came from elsewhere.
 *
 * @param created how many were created
 * @param present how many were there already, or twice in the batch, and were left as they are
 * @param refused those that could not be created, in the order of the batch
 */
public record CreateMissingResult(int created, int present, List<Refusal> refused) {

    /**
     * A customer that was not created.
     *
     * @param reason 2001 when its group is gone, 2103 when another customer has its referenceId
     */
    public record Refusal(CustomerKey customer, ApiException reason) {}
}
