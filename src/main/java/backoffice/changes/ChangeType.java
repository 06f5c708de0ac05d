package backoffice.changes;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What can happen to a group or a customer (docs/api.md, section 10.1). */
@RegisterForReflection
public enum ChangeType {
    GROUP_CREATED("group.created"),
    /** The customers in the group have another {@code groupName} from then on, without changes of their own. */
    GROUP_RENAMED("group.renamed"),
    GROUP_DELETED("group.deleted"),
    CUSTOMER_CREATED("customer.created"),
    /** A customer has other members in the same place. */
    CUSTOMER_CHANGED("customer.changed"),
    /** A customer is in another group. Only its key is recorded, because the other members stay. */
    CUSTOMER_MOVED("customer.moved"),
    CUSTOMER_DELETED("customer.deleted");

    private final String text;

    ChangeType(String text) {
        this.text = text;
    }

    /** The type in the database and, after a prefix, in an event. */
    @JsonValue
    public String text() {
        return text;
    }
}
