package backoffice.moving;

import backoffice.customer.Intake;
import backoffice.value.Name;
import java.util.List;

/**
 * What a batch of customers brought.
 *
 * @param groups those that were created for them
 * @param customers what became of the customers
 */
record Arrival(List<Name> groups, Intake customers) {}
