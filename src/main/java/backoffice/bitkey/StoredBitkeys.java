package backoffice.bitkey;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.toCollection;

import backoffice.bitkey.Bitkey.Digest;
import backoffice.call.CallTimeout;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.persistence.Database;
import backoffice.persistence.PostgresErrors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The bitkeys in the table {@code bitkey}, of all vendors. The table is read when the service has started, each hour, and by
 * the first call with such a key after two seconds. So a new or revoked key is in force within five seconds, while the table
 * can be read. Gauges have the age of the keys when it cannot, and the time until each key expires. See docs/adr/0029.
 */
@Singleton
class StoredBitkeys {

    private static final Logger LOG = Logger.getLogger(StoredBitkeys.class);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    /** The gauges of an instance without calls are to follow what others do with the keys. */
    private static final Duration BETWEEN_READINGS_AT_REST = Duration.ofHours(1);

    /** A reading that takes longer is an outage, because a revoked key must be refused within five seconds. */
    private static final Duration MAX_READING = Duration.ofSeconds(1);

    /** The day of the clock of the database in {@code backoffice.zone}. PostgreSQL reads the name of a zone in its own way. */
    private static final String TODAY = "cast(now() at time zone make_interval(secs => $%d) as date)";

    /**
     * With the keys that expired within the last 30 days, whose uses are counted. The last column tells whether a use is to
     * be stored today. A standby stores none.
     */
    private static final String NOT_REVOKED = """
            select vendor, name, digest, read_only, expires_at, coalesce(expires_at <= now(), false),
                last_used_on is distinct from TODAY and current_setting('transaction_read_only') = 'off'
            from bitkey
            where revoked_at is null and (expires_at is null or expires_at > now() - interval '30 days')
            """.replace("TODAY", TODAY.formatted(1));

    /** It has no column that a later version adds, because the start asks before the migration. */
    private static final String ANY =
            "select 1 from bitkey where revoked_at is null and (expires_at is null or expires_at > now()) limit 1";

    private static final String MARK_USED = """
            update bitkey set last_used_on = TODAY
            where vendor = $1 and name = $2 and last_used_on is distinct from TODAY
            """.replace("TODAY", TODAY.formatted(3));

    private final Database database;
    private final CallTimeout timeout;
    private final Vertx vertx;
    private final Context readings;
    private final Duration maxAge;
    private final ZoneId zone;
    private final ExpiryMetrics expiries;
    private final long timer;

    private volatile Reading last;

    /**
     * What is known of the table, until the next reading replaces it.
     *
     * @param rows with null as the keys until a reading succeeds
     * @param usesToStore the keys whose first use of the day is not stored
     * @param asOf when the keys were read, as of {@link System#nanoTime}
     * @param triedAt when the last reading began, or failed
     * @param hasFailed whether the table could not be read after that
     * @param next the next reading, which begins with its first subscriber. Calls that come before its end share it
     */
    private record Reading(
            BitkeyRows rows, Set<Digest> usesToStore, long asOf, long triedAt, boolean hasFailed, Uni<Reading> next) {}

    StoredBitkeys(
            Database database,
            CallTimeout timeout,
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.bitkeys-max-age") Duration maxAge,
            @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        this.database = database;
        this.timeout = timeout;
        this.vertx = vertx;
        this.maxAge = maxAge;
        this.zone = zone;
        this.expiries = new ExpiryMetrics(meters);
        this.readings = vertx.getOrCreateContext();
        long due = System.nanoTime() - BETWEEN_READINGS.toNanos();
        this.last = new Reading(new BitkeyRows(null, Map.of(), ""), Set.of(), due, due, false, nextReading());
        this.timer = vertx.setPeriodic(BETWEEN_READINGS.toMillis(), id -> {
            if (last.hasFailed() || System.nanoTime() - last.asOf() > BETWEEN_READINGS_AT_REST.toNanos()) {
                readAtRest();
            }
        });
        meters.more().timeGauge("backoffice.bitkeys.age", Tags.empty(), this, NANOSECONDS, StoredBitkeys::ageNanos);
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    /**
     * Never fails, and takes a second at most. A reading that takes longer goes on. Its context is that of no call, because
     * it must not end at the deadline of the call that starts it.
     */
    private Uni<Reading> nextReading() {
        return Uni.createFrom()
                .deferred(() -> timeout.limit(MAX_READING, this::read))
                .onFailure()
                .recoverWithItem(this::failed)
                .runSubscriptionOn(MutinyHelper.executor(readings))
                .memoize()
                .indefinitely();
    }

    /** Reads the keys that are not revoked. */
    Uni<Reading> read() {
        long startedAt = System.nanoTime();
        return database.withoutVendor(NOT_REVOKED, secondsFromUtc()).map(rows -> {
            Set<Digest> usesToStore = rows.stream()
                    .filter(row -> (Boolean) row[6])
                    .map(row -> new Digest((byte[]) row[2]))
                    .collect(toCollection(ConcurrentHashMap::newKeySet));
            BitkeyRows read = BitkeyRows.of(rows);
            reportRefused(read.refused());
            if (last.hasFailed()) {
                LOG.info("Bitkeys are read from the database again.");
            }
            last = new Reading(read, usesToStore, startedAt, startedAt, false, nextReading());
            expiries.show(read);
            return last;
        });
    }

    /** Logs the first failure of each outage. */
    private Reading failed(Throwable failure) {
        Reading known = last;
        if (!known.hasFailed()) {
            LOG.warnf(
                    "Bitkeys cannot be read from the database, so one that is revoked stays valid, and a new one is unknown. "
                            + "After backoffice.bitkeys-max-age, those with an expiry get 5001. Cause: %s",
                    PostgresErrors.reason(failure));
        }
        last = new Reading(known.rows(), known.usesToStore(), known.asOf(), System.nanoTime(), true, nextReading());
        return last;
    }

    /** Whether there are keys that are not revoked and have not expired; none before the schema is there. */
    Uni<Boolean> areThereAny() {
        return database.withoutVendor(ANY)
                .map(rows -> !rows.isEmpty())
                .onFailure(PostgresErrors::isOldSchema)
                .recoverWithItem(false);
    }

    private double secondsFromUtc() {
        return zone.getRules().getOffset(Instant.now()).getTotalSeconds();
    }

    /** Logs the faulty rows when a reading finds others than the one before. */
    private void reportRefused(String names) {
        if (!names.equals(last.rows().refused()) && !names.isEmpty()) {
            LOG.warnf(
                    "These bitkeys of the database are refused, because their digest or vendor is malformed, or another "
                            + "bitkey has the same digest: %s",
                    names);
        }
    }

    /** Reads the keys without a call that asks, so that their gauges are there, and a call finds them. */
    void readAtRest() {
        last.next().subscribe().with(done -> {});
    }

    private long ageNanos() {
        return last.hasFailed() ? System.nanoTime() - last.asOf() : 0;
    }

    /**
     * The key with this digest. Fails with 1102 for an unknown, revoked or expired key, and with 5001 when the keys were
     * never read, or are too old to tell whether it is still valid.
     */
    Uni<Bitkey> find(Digest digest) {
        Reading known = last;
        Uni<Reading> reading = System.nanoTime() - known.triedAt() < BETWEEN_READINGS.toNanos()
                ? Uni.createFrom().item(known)
                // Each call continues in its own context.
                : known.next().emitOn(MutinyHelper.executor(vertx.getOrCreateContext()));
        return reading.map(done -> valid(digest)).invoke(this::storeUse);
    }

    private Bitkey valid(Digest digest) {
        BitkeyRows rows = last.rows();
        if (rows.keys() == null) {
            throw new ApiException(Problem.KEY_UNCHECKED);
        }
        Bitkey key = rows.keys().get(digest);
        if (key == null || key.hasExpired()) {
            Optional.ofNullable(key == null ? rows.expired().get(digest) : key).ifPresent(expiries::countCall);
            throw new ApiException(Problem.KEY_UNKNOWN);
        }
        if (key.expiresAt() != null && ageNanos() > maxAge.toNanos()) {
            throw new ApiException(Problem.KEY_UNCHECKED);
        }
        return key;
    }

    /** Stores the day of the last use, with the first call of a day of the database. The next reading finds what failed. */
    private void storeUse(Bitkey key) {
        if (last.usesToStore().remove(key.digest())) {
            database.withoutVendor(MARK_USED, key.vendor(), key.name(), secondsFromUtc())
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("The use of a key is not stored: %s", failure));
        }
    }
}
