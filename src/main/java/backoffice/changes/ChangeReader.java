package backoffice.changes;

import static backoffice.persistence.VendorScope.ON_NODE_OF_VENDOR;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.persistence.SqlExecutor;
import backoffice.persistence.VendorScopedRepository;
import backoffice.value.Name;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Reads the recorded changes of a vendor (docs/api.md, section 10).
 *
 * <p>Positions are given before commits, so a transaction can commit a change before those that are visible already.
 * The feed waits until each transaction has ended that began before the last change was seen. Transactions of other
 * programs can take long. So a change is passed after five minutes in any case, because no transaction of the service
 * lives as long. See docs/adr/0030.
 */
@Singleton
public class ChangeReader extends VendorScopedRepository {

    private static final String EVENTS = """
            select c.era, c.position, e.index, c.recorded_at, c.call, c.bitkey, c.correlation_id, c.request_id,
                cast(e.change as text) as change
            from change c cross join lateral jsonb_array_elements(c.changes) with ordinality as e (change, index)
            where c.vendor = $1
            """;

    // The new transaction id is later than that of each transaction that has recorded a change up to this one. A call
    // that waits takes none until there is news, because PostgreSQL has a limited number of them.
    private static final String LAST = """
            select c.era, c.position, cast(jsonb_array_length(c.changes) as bigint) as index,
                case when (c.era, c.position) > ($2, $3) then cast(cast(pg_current_xact_id() as text) as bigint) end as horizon
            from change c where c.vendor = $1 order by c.era desc, c.position desc limit 1
            """;
    private static final String HAVE_ENDED =
            "select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) > $2" + ON_NODE_OF_VENDOR;
    private static final String LAST_OF_FIVE_MINUTES_AGO = """
            select c.era, c.position, cast(jsonb_array_length(c.changes) as bigint) as index
            from change c where c.vendor = $1 and c.recorded_at < clock_timestamp() - interval '5 minutes'
            order by c.era desc, c.position desc limit 1
            """;

    /** The event of the cursor itself comes too. Without it, the changes after the cursor may be deleted already. */
    private static final String FROM_CURSOR = EVENTS + """
            and (c.era, c.position) >= ($2, $3) and (c.era, c.position, e.index) >= ($2, $3, $4)
            and (c.era, c.position) <= ($5, $6)
            order by c.era, c.position, e.index limit $7
            """;

    private static final String FILTER = """
            and (cast($5 as timestamptz) is null or c.recorded_at >= $5)
            and (cast($6 as text) is null or c.bitkey = $6)
            and (cast($7 as text) is null or e.change->>'type' like 'customer.%'
                and $7 in (e.change#>>'{before,name}', e.change#>>'{after,name}'))
            and (cast($8 as text) is null
                or $8 in (e.change#>>'{before,groupName}', e.change#>>'{after,groupName}')
                or e.change->>'type' like 'group.%' and $8 in (e.change#>>'{before,name}', e.change#>>'{after,name}'))
            """;
    private static final String HISTORY = EVENTS + FILTER + """
            and (c.era, c.position) <= ($2, $3) and (c.era, c.position, e.index) < ($2, $3, $4)
            order by c.era desc, c.position desc, e.index desc limit $9
            """;
    private static final String AUDIT = EVENTS + FILTER + """
            and (c.era, c.position) >= ($2, $3) and (c.era, c.position, e.index) > ($2, $3, $4)
            order by c.era, c.position, e.index limit $9
            """;

    private static final int SETTLING_ATTEMPTS = 50;
    private static final long SETTLING_PAUSE_MILLIS = 20;

    /**
     * The last change that is committed.
     *
     * @param horizon the id of a transaction that began after that of each change up to this one; null if there is no
     *     news
     */
    private record Last(ChangeCursor cursor, Long horizon) {}

    private final ObjectMapper json;
    private final Vertx vertx;

    ChangeReader(SqlExecutor sql, ObjectMapper json, Vertx vertx) {
        super(sql);
        this.json = json;
        this.vertx = vertx;
    }

    /**
     * Reads the changes after a cursor, in the order in which they were made. A change that an open transaction has
     * made is not passed: those behind it come when the transaction has ended.
     *
     * @return empty when changes after the cursor may have been deleted
     */
    Uni<Optional<List<ChangeEvent>>> after(String vendor, ChangeCursor cursor, int limit) {
        return last(vendor, cursor).chain(last -> {
            if (last.cursor().equals(cursor)) {
                return Uni.createFrom().item(Optional.of(List.of()));
            }
            return settled(vendor, last)
                    .chain(settled -> settled
                            ? Uni.createFrom().item(last.cursor())
                            : read(LAST_OF_FIVE_MINUTES_AGO, vendor)
                                    .map(rows -> onlyCursor(rows).orIfLater(cursor)))
                    .chain(end -> upTo(end, vendor, cursor, limit));
        });
    }

    private Uni<Optional<List<ChangeEvent>>> upTo(ChangeCursor end, String vendor, ChangeCursor cursor, int limit) {
        boolean fromStart = cursor.equals(ChangeCursor.START);
        return read(
                        FROM_CURSOR,
                        vendor,
                        cursor.era(),
                        cursor.position(),
                        cursor.index(),
                        end.era(),
                        end.position(),
                        fromStart ? limit : limit + 1)
                .map(rows -> events(vendor, rows))
                .map(events -> {
                    if (fromStart) {
                        return Optional.of(events);
                    }
                    return events.isEmpty() || !events.get(0).id().equals(cursor.toString())
                            ? Optional.empty()
                            : Optional.of(events.subList(1, events.size()));
                });
    }

    /**
     * The cursor of the last change, {@link ChangeCursor#START} when there is none. Fails with 5001 when a transaction
     * stays open that may have made an earlier change.
     */
    Uni<ChangeCursor> latest(String vendor) {
        return last(vendor, ChangeCursor.START)
                .call(last -> settled(vendor, last).invoke(settled -> {
                    if (!settled) {
                        throw new UnavailableException(Problem.DATABASE_UNAVAILABLE);
                    }
                }))
                .map(Last::cursor);
    }

    private Uni<Last> last(String vendor, ChangeCursor cursor) {
        return read(LAST, vendor, cursor.era(), cursor.position())
                .map(rows -> rows.size() == 0
                        ? new Last(ChangeCursor.START, null)
                        : new Last(onlyCursor(rows), rows.iterator().next().getLong("horizon")));
    }

    /** Waits until no change up to the last one can be committed any more; false when that takes too long. */
    private Uni<Boolean> settled(String vendor, Last last) {
        return last.horizon() == null ? Uni.createFrom().item(true) : settled(vendor, last, SETTLING_ATTEMPTS);
    }

    private Uni<Boolean> settled(String vendor, Last last, int attempts) {
        return read(HAVE_ENDED, vendor, last.horizon()).chain(rows -> {
            boolean settled = rows.iterator().next().getBoolean(0);
            return settled || attempts == 1
                    ? Uni.createFrom().item(settled)
                    : UniHelper.toUni(vertx.timer(SETTLING_PAUSE_MILLIS))
                            .chain(() -> settled(vendor, last, attempts - 1));
        });
    }

    /** Reads the newest changes before a cursor, the newest first. */
    Uni<List<ChangeEvent>> before(String vendor, ChangeFilter filter, ChangeCursor cursor, int limit) {
        return filtered(HISTORY, vendor, filter, cursor, limit);
    }

    /** Reads the changes after a cursor, the oldest first, also those that {@link #after} still holds back. */
    public Uni<List<ChangeEvent>> audit(String vendor, ChangeFilter filter, String lastId, int limit) {
        return filtered(AUDIT, vendor, filter, lastId == null ? ChangeCursor.START : ChangeCursor.of(lastId), limit);
    }

    private Uni<List<ChangeEvent>> filtered(
            String statement, String vendor, ChangeFilter filter, ChangeCursor cursor, int limit) {
        return execute(
                        statement,
                        vendor,
                        cursor.era(),
                        cursor.position(),
                        cursor.index(),
                        filter.since(),
                        filter.bitkey(),
                        text(filter.customer()),
                        text(filter.group()),
                        limit)
                .map(rows -> events(vendor, rows));
    }

    private static String text(Name name) {
        return name == null ? null : name.value();
    }

    private List<ChangeEvent> events(String vendor, RowSet<Row> rows) {
        return rows.stream().map(row -> event(vendor, row)).toList();
    }

    private ChangeEvent event(String vendor, Row row) {
        Origin origin = new Origin(
                row.getString("call"),
                row.getString("bitkey"),
                row.getString("correlation_id"),
                row.getString("request_id"));
        try {
            return ChangeEvent.of(
                    vendor,
                    cursor(row),
                    row.getOffsetDateTime("recorded_at").toInstant(),
                    origin,
                    json.readTree(row.getString("change")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A recorded change is not JSON", e);
        }
    }

    private static ChangeCursor onlyCursor(RowSet<Row> rows) {
        return rows.size() == 0 ? ChangeCursor.START : cursor(rows.iterator().next());
    }

    private static ChangeCursor cursor(Row row) {
        return new ChangeCursor(row.getInteger("era"), row.getLong("position"), row.getLong("index"));
    }
}
