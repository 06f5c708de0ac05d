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

    /**
     * What an instance knows about a vendor.
     *
     * @param settled the change that was found settled last
     * @param pending the change that calls wait for; null for none
     */
    private record Known(ChangeCursor settled, Last pending) {

        private static final Known NOTHING = new Known(ChangeCursor.START, null);

        Known waitingFor(Last seen, ChangeCursor cursor) {
            return isWaitingBeyond(cursor) ? this : new Known(settled, seen);
        }

        boolean isWaitingBeyond(ChangeCursor cursor) {
            return pending != null && pending.cursor().isAfter(cursor);
        }

        Known withSettled(Last last) {
            return new Known(last.cursor(), last.equals(pending) ? null : pending);
        }
    }

    private final Vertx vertx;
    private final Cache<Vendor, Known> known = cache();
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
        Known now = known.get(vendor, v -> Known.NOTHING);
        return now.isWaitingBeyond(cursor)
                ? settledAfter(vendor, cursor, now.pending())
                : last(vendor, cursor)
                        .chain(last -> last.horizon() == null
                                ? Uni.createFrom().item(last.cursor())
                                : settledAfter(vendor, cursor, waitFor(vendor, last, cursor)));
    }

    private Last waitFor(Vendor vendor, Last seen, ChangeCursor cursor) {
        return known.asMap()
                .merge(vendor, new Known(ChangeCursor.START, seen), (now, mine) -> now.waitingFor(seen, cursor))
                .pending();
    }

    private Uni<ChangeCursor> settledAfter(Vendor vendor, ChangeCursor cursor, Last pending) {
        ChangeCursor settled = known.get(vendor, v -> Known.NOTHING).settled();
        return await(vendor, pending, settled.isAfter(cursor) ? 1 : SETTLING_ATTEMPTS)
                .chain(state -> switch (state) {
                    case SETTLED -> {
                        known.asMap().computeIfPresent(vendor, (v, now) -> now.withSettled(pending));
                        yield Uni.createFrom().item(pending.cursor());
                    }
                    case OPEN ->
                        read(vendor, LAST_SETTLED, settled.era(), settled.position())
                                .map(rows -> cursor(rows).orIfLater(cursor));
                    case UNKNOWN_IN_DATABASE -> {
                        known.invalidate(vendor);
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
