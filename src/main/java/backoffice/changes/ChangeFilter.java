package backoffice.changes;

import backoffice.value.Name;
import java.time.OffsetDateTime;

/**
 * Which changes a history has. A component that is null accepts all changes.
 *
 * @param group the name of a group before or after the change: of the group itself, or of one that a customer is in
 * @param customer the name of a customer
 * @param bitkey the name of the bitkey that made the change
 * @param since the earliest time
 */
public record ChangeFilter(Name group, Name customer, String bitkey, OffsetDateTime since) {}
