package backoffice.history;

import backoffice.envelope.Envelope.Page;
import backoffice.persistence.ChangeActor;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import backoffice.persistence.Work.Cost;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The changes of the history, whose rows the triggers of {@code afterMigrate__history.sql} write. */
@Singleton
class RecordedChanges {

    /** PostgreSQL estimates nothing in a {@code case}. With few rows to expect, it would read and sort all of the vendor. */
    private static final String PAGE =
            VendorSql.sized("""
            select id, changed_at, type, cast(who as text), cast(before as text) as before, cast(after as text) as after
            from history
            where vendor = $1 and id < $2 and case when changed_at >= coalesce(cast($3 as timestamptz), '-infinity')
            and changed_at < coalesce(cast($4 as timestamptz), 'infinity')
            and starts_with(type, coalesce(cast($5 as text), ''))
            and (cast($6 as text) is null or starts_with(who ->> 'correlationId', $6))
            and (cast($7 as text) is null or type like 'customer.%' and $7 in (before ->> 'name', after ->> 'name'))
            and (cast($8 as text) is null or $8 in (before ->> 'groupName', after ->> 'groupName')
                or type like 'group.%' and $8 in (before ->> 'name', after ->> 'name')) then true end
            order by id desc limit $9
            """, "coalesce(octet_length(r.before), 0) + coalesce(octet_length(r.after), 0)", 10);

    private final VendorSql sql;

    RecordedChanges(VendorSql sql) {
        this.sql = sql;
    }

    /** Tells the triggers which call makes a change, and how long it is kept. Null while the history is off. */
    @Produces
    @Dependent
    static ChangeActor actor(
            @ConfigProperty(name = "backoffice.history") boolean enabled,
            @ConfigProperty(name = "backoffice.history.retention") Duration retention) {
        return enabled
                ? () -> Call.current().map(call -> actor(call, retention)).orElse(null)
                : null;
    }

    private static String actor(Call call, Duration retention) {
        JsonObject actor = new JsonObject().put("call", call.name()).put("bitkey", call.bitkeyName());
        if (call.idempotencyKey() != null) {
            actor.put("idempotencyKey", call.idempotencyKey());
        }
        return actor.put("correlationId", call.correlationId())
                .put("retention", retention.toSeconds())
                .encode();
    }

    /** Reads a page of the changes, the newest first. */
    Work<Page<RecordedChange>> page(Vendor vendor, HistoryFilter filter) {
        return Work.readRows(
                filter.canReadAll() ? Cost.EXPENSIVE : Cost.CHEAP,
                () -> sql.selectSized(
                                vendor,
                                PAGE,
                                filter.before(),
                                filter.since(),
                                filter.until(),
                                filter.typePrefix(),
                                filter.correlationIdPrefix(),
                                filter.customer(),
                                filter.group(),
                                filter.limit())
                        .map(rows -> new Page<>(
                                null, rows.stream().map(RecordedChange::of).toList())));
    }
}
