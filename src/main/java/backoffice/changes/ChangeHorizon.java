package backoffice.changes;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.persistence.Database;
import backoffice.persistence.VendorRepository;
import backoffice.value.Vendor;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Finds up to which change the feed of a vendor is settled, that is, no earlier change can come any more.
 *
 * <p>Positions are given before commits, so a transaction can commit a change before those that are visible already. A
 * change is settled when each transaction has ended that began before the change was seen. Transactions of other
 * programs can take long. So a change counts as settled after five minutes in any case, because no transaction of the
 * service lives as long.
 *
 * <p>An instance remembers the change that it waits for. If each call waited for the transactions of its own time,
 * transactions that overlap would hold the feed back for as long as they overlap. See docs/adr/0030.
 */
@Singleton
class ChangeHorizon extends VendorRepository<RecordedChange> {

    // The new transaction id is later than that of each transaction that has recorded a change up to this one. A call
    // that waits takes none until there is news, because PostgreSQL has a limited number of them.
    private static final String LAST = """
            select c.era, c.position, cast(jsonb_array_length(c.changes) as bigint) as index,
                case when (c.era, c.position) > ($2, $3) then cast(cast(pg_current_xact_id() as text) as bigint) end as horizon
            from change c where c.vendor = $1 order by c.era desc, c.position desc limit 1
            """;

    // There is no row in a database that was restored to an earlier point, which knows neither the change nor the id.
    private static final String HAVE_ENDED = """
            select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) > $2
            from change where vendor = $1 and era = $3 and position = $4
                and cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint) > $2
            """;
    private static final String LAST_SETTLED = """
            select c.era, c.position, cast(jsonb_array_length(c.changes) as bigint) as index
            from change c where c.vendor = $1
                and (c.recorded_at < clock_timestamp() - interval '5 minutes' or (c.era, c.position) = ($2, $3))
            order by c.era desc, c.position desc limit 1
            """;

    private static final int SETTLING_ATTEMPTS = 50;
    private static final long SETTLING_PAUSE_MILLIS = 20;
    private static final int MAX_VENDORS = 1000;

    private enum State {
        SETTLED,
        OPEN,
        UNKNOWN_IN_DATABASE
    }

    /**
     * The last change that was visible at some time.
     *
     * @param horizon the id of a transaction that began after that of each change up to this one; null if there was no
     *     news
     */
    private record Last(ChangeCursor cursor, Long horizon) {}

    private final Vertx vertx;

    private final Cache<Vendor, ChangeCursor> settled = cache();

    /** The change that calls of the feed wait for. */
    private final Cache<Vendor, Last> pending = cache();

    private final Cache<Vendor, Last> latest = cache();

    ChangeHorizon(Database database, Vertx vertx) {
        super(RecordedChange.class, database);
        this.vertx = vertx;
    }

    private static <T> Cache<Vendor, T> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_VENDORS)
                .expireAfterWrite(Duration.ofMinutes(5))
                .build();
    }

    /**
     * A settled change after a cursor, or the cursor if there is none. Waits up to a second. The change is earlier than
     * the cursor if the database does not know the cursor.
     */
    Uni<ChangeCursor> settledAfter(Vendor vendor, ChangeCursor cursor) {
        Last awaited = pending.getIfPresent(vendor);
        return awaited != null && awaited.cursor().isAfter(cursor)
                ? settledAfter(vendor, cursor, awaited)
                : last(vendor, cursor)
                        .chain(last -> last.horizon() == null
                                ? Uni.createFrom().item(last.cursor())
                                : settledAfter(vendor, cursor, firstOf(vendor, last, cursor)));
    }

    /** Another call may wait already for a change that is news for this one too. */
    private Last firstOf(Vendor vendor, Last seen, ChangeCursor cursor) {
        return pending.asMap().merge(vendor, seen, (now, mine) -> now.cursor().isAfter(cursor) ? now : mine);
    }

    private Uni<ChangeCursor> settledAfter(Vendor vendor, ChangeCursor cursor, Last awaited) {
        ChangeCursor known = settled.get(vendor, v -> ChangeCursor.START);
        return await(vendor, awaited, known.isAfter(cursor) ? 1 : SETTLING_ATTEMPTS)
                .chain(state -> switch (state) {
                    case SETTLED -> {
                        settled.put(vendor, awaited.cursor());
                        pending.asMap().remove(vendor, awaited);
                        yield Uni.createFrom().item(awaited.cursor());
                    }
                    case OPEN ->
                        read(vendor, LAST_SETTLED, known.era(), known.position())
                                .map(rows -> cursor(rows).orIfLater(cursor));
                    case UNKNOWN_IN_DATABASE -> {
                        settled.invalidate(vendor);
                        pending.invalidate(vendor);
                        yield settledAfter(vendor, cursor);
                    }
                });
    }

    /**
     * The cursor of the last change, {@link ChangeCursor#START} when there is none. Fails with 5001 when it is not
     * settled within a second.
     */
    Uni<ChangeCursor> latest(Vendor vendor) {
        return last(vendor, ChangeCursor.START).chain(last -> {
            if (last.horizon() == null) {
                return Uni.createFrom().item(last.cursor());
            }
            Last first = latest.asMap()
                    .merge(vendor, last, (before, now) -> before.cursor().equals(now.cursor()) ? before : now);
            return await(vendor, first, SETTLING_ATTEMPTS).map(state -> {
                if (state == State.UNKNOWN_IN_DATABASE) {
                    latest.invalidate(vendor);
                }
                if (state != State.SETTLED) {
                    throw new UnavailableException(Problem.DATABASE_UNAVAILABLE);
                }
                return first.cursor();
            });
        });
    }

    private Uni<Last> last(Vendor vendor, ChangeCursor cursor) {
        return read(vendor, LAST, cursor.era(), cursor.position())
                .map(rows -> new Last(cursor(rows), rows.isEmpty() ? null : (Long) rows.get(0)[3]));
    }

    private Uni<State> await(Vendor vendor, Last last, int attempts) {
        return read(
                        vendor,
                        HAVE_ENDED,
                        last.horizon(),
                        last.cursor().era(),
                        last.cursor().position())
                .chain(rows -> {
                    State state = rows.isEmpty()
                            ? State.UNKNOWN_IN_DATABASE
                            : (Boolean) rows.get(0)[0] ? State.SETTLED : State.OPEN;
                    return state != State.OPEN || attempts == 1
                            ? Uni.createFrom().item(state)
                            : UniHelper.toUni(vertx.timer(SETTLING_PAUSE_MILLIS))
                                    .chain(() -> await(vendor, last, attempts - 1));
                });
    }

    private static ChangeCursor cursor(List<Object[]> rows) {
        return rows.isEmpty() ? ChangeCursor.START : ChangeCursor.of(rows.get(0));
    }
}
