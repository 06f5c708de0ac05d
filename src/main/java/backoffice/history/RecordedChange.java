package backoffice.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.OffsetDateTime;

/**
 * A change of one group or customer (docs/api.md, section 10).
 *
 * @param who JSON: the call, the name of its bitkey, its correlation id and its idempotency key
 * @param before JSON: the group or customer as the API shows it; null for one that was created
 * @param after as {@code before}; null for one that was deleted
 */
@RegisterForReflection
public record RecordedChange(
        long id,
        String time,
        String type,
        @JsonRawValue String who,
        @JsonRawValue String before,
        @JsonRawValue String after) {

    static RecordedChange of(Object[] row) {
        return new RecordedChange(
                (Long) row[0],
                ((OffsetDateTime) row[1]).toInstant().toString(),
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (String) row[5]);
    }
}
