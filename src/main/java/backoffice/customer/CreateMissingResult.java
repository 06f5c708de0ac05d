package backoffice.customer;

import backoffice.envelope.ApiException;
import java.util.List;

/**
 * The result of a batch that creates only the customers that do not exist yet.
 *
 * @param created the number of customers that were created
 * @param skipped the number of entries whose customer exists or comes earlier in the batch; these change nothing
 * @param refused the customers that could not be created, in the order of the batch
 */
public record CreateMissingResult(int created, int skipped, List<Refusal> refused) {

    /**
     * A customer that could not be created.
     *
     * @param customer the name and the group of the customer
     * @param reason 2001 when its group does not exist, 2103 when another customer has its referenceId
     */
    public record Refusal(CustomerKey customer, ApiException reason) {}
}
