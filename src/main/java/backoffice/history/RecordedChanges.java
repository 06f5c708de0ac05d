package backoffice.history;

import backoffice.call.Call;
import backoffice.envelope.Envelope.Page;
import backoffice.persistence.ChangeActor;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import backoffice.persistence.Work.Cost;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The changes of the history, whose rows the triggers of {@code afterMigrate__history.sql} write. */
@Singleton
class RecordedChanges {

    private static final String IN_TIME = """
            changed_at >= coalesce(cast($3 as timestamptz), '-infinity')
            and changed_at < coalesce(cast($4 as timestamptz), 'infinity')
            """;

    /**
     * The beginning of a customer that has a name, in a group or in any, as the triggers write it: without white space, and with
     * its name and its group first. PostgreSQL compares a text several times faster than it reads JSON, and a subselect once.
     */
    private static final String BEGINNING = """
            (select concat('{"name":', to_json(cast($7 as text)), ',"groupName":' || to_json(cast($8 as text))))""";

    /** The ids of the customers that have a name now, or had it before or after a change in the time, in a group or in any. */
    private static final String CUSTOMERS = """
            select c.id from customer c left join customer_group g on g.vendor = $1 and g.id = c.group_id
            where c.vendor = $1 and c.name = $7 and (cast($8 as text) is null or g.name = $8)
            union all
            select item_id from history where vendor = $1 and case when IN_TIME and type like 'customer.%'
            and (starts_with(cast(before as text), BEGINNING) or starts_with(cast(after as text), BEGINNING)) then true end
            """.replace("IN_TIME", IN_TIME).replace("BEGINNING", BEGINNING);

    /** PostgreSQL estimates nothing in a {@code case}. With few rows to expect, it would read and sort all of the vendor. */
    private static final String PAGE = VendorSql.sized(
            """
            select id, changed_at, type, cast(who as text), cast(before as text) as before, cast(after as text) as after
            from history
            where vendor = $1 and id < $2 and case when IN_TIME
            and starts_with(type, coalesce(cast($5 as text), ''))
            and (cast($6 as text) is null or starts_with(who ->> 'correlationId', $6))
            and (cast($9 as text) is null or strpos(lower(coalesce(who ->> 'bitkey', who ->> 'call')), lower($9)) > 0
                or strpos(lower(who ->> 'correlationId'), lower($9)) > 0)
            and case when cast($7 as text) is null
                then cast($8 as text) is null or $8 in (before ->> 'groupName', after ->> 'groupName')
                    or type like 'group.%' and $8 in (before ->> 'name', after ->> 'name')
                else type like 'customer.%' and item_id in (CUSTOMERS) end
            then true end
            order by id desc limit $10
            """.replace("CUSTOMERS", CUSTOMERS).replace("IN_TIME", IN_TIME),
            "coalesce(octet_length(r.before), 0) + coalesce(octet_length(r.after), 0)",
            11);

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
    Work<Page<RecordedChange>> page(HistoryFilter filter) {
        return Work.readRows(
                filter.canReadAll() ? Cost.EXPENSIVE : Cost.CHEAP,
                db -> db.selectSized(
                                PAGE,
                                filter.before(),
                                filter.since(),
                                filter.until(),
                                filter.typePrefix(),
                                filter.correlationIdPrefix(),
                                filter.customer(),
                                filter.group(),
                                filter.who(),
                                filter.limit())
                        .map(rows -> new Page<>(
                                null, rows.stream().map(RecordedChange::of).toList())));
    }
}
