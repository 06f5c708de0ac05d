package backoffice.changes;

import backoffice.value.PathSegment;
import backoffice.value.Vendor;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.OffsetDateTime;

/**
 * A change as an event of CloudEvents 1.0, in its JSON format (docs/api.md, section 10.1).
 *
 * @param id the {@link ChangeCursor} of the change
 * @param subject the path of the group or customer below the base path: the one after the change, or the one before it
 *     if it is deleted
 * @param bitkey null if no call made the change, as the two ids are
 */
@RegisterForReflection
public record ChangeEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        String time,
        String call,
        String bitkey,
        String correlationid,
        @JsonProperty("requestid") String idempotencyKey,
        String datacontenttype,
        Data data) {

    /**
     * The group or customer before and after the change, as the API shows it.
     *
     * @param before null for one that was created
     * @param after null for one that was deleted
     */
    @RegisterForReflection
    public record Data(JsonNode before, JsonNode after) {}

    /**
     * @param row the cursor, the time, the call, the bitkey and both ids
     * @param change the type of the event, and the members of its data
     */
    static ChangeEvent of(Vendor vendor, Object[] row, JsonNode change) {
        String type = change.get("type").textValue();
        Data data = new Data(change.get("before"), change.get("after"));
        return new ChangeEvent(
                "1.0",
                ChangeCursor.of(row).toString(),
                "/backoffice/vendors/" + PathSegment.encode(vendor.name()),
                "backoffice." + type,
                subject(type, data.after() == null ? data.before() : data.after()),
                ((OffsetDateTime) row[3]).toInstant().toString(),
                (String) row[4],
                (String) row[5],
                (String) row[6],
                (String) row[7],
                "application/json",
                data);
    }

    private static String subject(String type, JsonNode item) {
        String name = PathSegment.encode(item.get("name").textValue());
        if (type.startsWith("group.")) {
            return "/customer_groups/" + name;
        }
        JsonNode group = item.get("groupName");
        return "/customers/" + (group == null ? "" : PathSegment.encode(group.textValue()) + "/") + name;
    }
}
