package backoffice.changes;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;

/**
 * A change of one group or customer (docs/api.md, section 10.1).
 *
 * @param type what happened
 * @param before the group or customer before the change, as the API shows it; null for one that was created
 * @param after the group or customer after the change; null for one that was deleted
 */
@RegisterForReflection
public record Change(ChangeType type, Object before, Object after) {

    /** Whether something is different after the change. */
    boolean isEffective() {
        return !Objects.equals(before, after);
    }
}
