package backoffice.history;

import backoffice.bulkhead.MemoryBudget;
import backoffice.persistence.ChangeActor;
import backoffice.persistence.SizedRows;
import backoffice.persistence.VendorSql;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The repository of the history, whose rows the triggers of {@code afterMigrate__history.sql} write. */
@Singleton
class HistoryRepository {

    private static final String PAGE =
            SizedRows.sql("""
            select id, changed_at, type, cast(who as text), cast(before as text) as before, cast(after as text) as after
            from history
            where vendor = $1 and id < $2 and changed_at >= coalesce(cast($3 as timestamptz), '-infinity')
            and (cast($4 as text) is null or type like 'customer.%' and $4 in (before ->> 'name', after ->> 'name'))
            and (cast($5 as text) is null or $5 in (before ->> 'groupName', after ->> 'groupName')
                or type like 'group.%' and $5 in (before ->> 'name', after ->> 'name'))
            order by id desc limit $6
            """, "coalesce(octet_length(r.before), 0) + coalesce(octet_length(r.after), 0)", 7);

    private final VendorSql sql;

    HistoryRepository(VendorSql sql) {
        this.sql = sql;
    }

    /** Null while the history is off. */
    @Produces
    @Dependent
    static ChangeActor actor(
            @ConfigProperty(name = "backoffice.history") boolean enabled,
            @ConfigProperty(name = "backoffice.history.retention") Duration retention) {
        return enabled ? new CallActor(retention.toSeconds()) : null;
    }

    /** Reads a page of the changes, the newest first. */
    Uni<List<RecordedChange>> page(Vendor vendor, HistoryFilter filter) {
        return sql.memory.rows(0, () -> read(vendor, filter));
    }

    private Uni<List<RecordedChange>> read(Vendor vendor, HistoryFilter filter) {
        Object[] parameters = {
            filter.before(), filter.since(), filter.customer(), filter.group(), filter.limit(), MemoryBudget.room()
        };
        return (filter.canReadAll()
                        ? sql.selectExpensive(vendor, PAGE, parameters)
                        : sql.select(vendor, PAGE, parameters))
                .map(rows ->
                        SizedRows.require(rows).stream().map(RecordedChange::of).toList());
    }
}
