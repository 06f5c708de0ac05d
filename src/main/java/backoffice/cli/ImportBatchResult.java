package backoffice.cli;

import backoffice.customer.CreateMissingResult;
import backoffice.value.Name;
import java.util.List;

/**
 * What a batch of customers brought.
 *
 * @param groups those that were created for them
 * @param customers what became of the customers
 */
record ImportBatchResult(List<Name> groups, CreateMissingResult customers) {}
