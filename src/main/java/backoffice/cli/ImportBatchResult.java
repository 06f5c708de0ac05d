package backoffice.cli;

import backoffice.customer.CreateMissingResult;
import backoffice.value.Name;
import java.util.List;

/**
 * The result of a batch of imported customers.
 *
 * @param groups the groups that were created for the customers
 * @param customers how many customers were created, were there already, or were refused
 */
record ImportBatchResult(List<Name> groups, CreateMissingResult customers) {}
