package backoffice.vendor;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.stream.Collectors.toCollection;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.persistence.CallTimeout;
import backoffice.persistence.PostgresErrors;
import backoffice.persistence.VendorSql;
import backoffice.vendor.Bitkey.Digest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The bitkeys in the table {@code bitkey}, of all vendors. The table has their digests alone. It is read when the service
 * has started, every two seconds while calls with such keys come, before the first one after a rest, and each hour of a
 * rest. So a new or revoked key is in force within five
 * seconds, while the table can be read. Gauges have the age of the keys when it cannot, and 0 else, and the time until each
 * key expires. See docs/adr/0029.
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

    /** The last column tells whether a use is to be stored today. A standby stores none. */
    private static final String VALID = """
            select vendor, name, digest, read_only, expires_at,
                last_used_on is distinct from TODAY and current_setting('transaction_read_only') = 'off'
            from bitkey
            where revoked_at is null and (expires_at is null or expires_at > now())
            """.replace("TODAY", TODAY.formatted(1));

    /** It has no column that a later version adds, because the start asks before the migration. */
    private static final String ANY =
            "select 1 from bitkey where revoked_at is null and (expires_at is null or expires_at > now()) limit 1";

    private static final String MARK_USED = """
            update bitkey set last_used_on = TODAY
            where vendor = $1 and name = $2 and last_used_on is distinct from TODAY
            """.replace("TODAY", TODAY.formatted(3));

    private final VendorSql sql;
    private final CallTimeout timeout;
    private final Vertx vertx;
    private final Duration maxAge;
    private final ZoneId zone;
    private final MultiGauge expiries;
    private final long timer;

    /** Null until the first reading succeeds. */
    private volatile Map<Digest, Bitkey> keys;

    /** The keys whose first use of the day is not stored. */
    private volatile Set<Digest> usesToStore = ConcurrentHashMap.newKeySet();

    private volatile String refused = "";
    private volatile long readAt = System.nanoTime();
    private volatile boolean asked;
    private volatile boolean unreadable;

    /** Calls that come before its end share it. Null after it, until the next rest. */
    private volatile Uni<Void> firstReading;

    StoredBitkeys(
            VendorSql sql,
            CallTimeout timeout,
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.bitkeys-max-age") Duration maxAge,
            @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        this.sql = sql;
        this.timeout = timeout;
        this.vertx = vertx;
        this.maxAge = maxAge;
        this.zone = zone;
        this.expiries = MultiGauge.builder("backoffice.bitkeys.expiry")
                .baseUnit("seconds")
                .register(meters);
        this.firstReading = readInTime().memoize().indefinitely();
        this.timer = vertx.setPeriodic(BETWEEN_READINGS.toMillis(), id -> tick(System.nanoTime()));
        meters.more().timeGauge("backoffice.bitkeys.age", Tags.empty(), this, NANOSECONDS, StoredBitkeys::ageNanos);
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    /** Reads the keys that are not revoked and have not expired. */
    Uni<List<Object[]>> read() {
        long startedAt = System.nanoTime();
        return sql.withoutVendor(VALID, secondsFromUtc()).invoke(rows -> {
            usesToStore = rows.stream()
                    .filter(row -> (Boolean) row[5])
                    .map(row -> new Digest((byte[]) row[2]))
                    .collect(toCollection(ConcurrentHashMap::newKeySet));
            BitkeyRows read = BitkeyRows.of(rows);
            reportRefused(read.refused());
            keys = read.keys();
            readAt = startedAt;
            expiries.register(
                    keys.values().stream()
                            .filter(key -> key.expiresAt() != null)
                            .<MultiGauge.Row<?>>map(key -> MultiGauge.Row.of(
                                    Tags.of("vendor", key.vendor(), "bitkey", key.name()),
                                    () -> Duration.between(Instant.now(), key.expiresAt())
                                            .toSeconds()))
                            .toList(),
                    true);
        });
    }

    /** Whether there are keys that are not revoked and have not expired; none before the schema is there. */
    Uni<Boolean> areThereAny() {
        return sql.withoutVendor(ANY)
                .map(rows -> !rows.isEmpty())
                .onFailure(PostgresErrors::isOldSchema)
                .recoverWithItem(false);
    }

    /** Never fails, and takes a second at most. A reading that takes longer goes on. */
    private Uni<Void> readInTime() {
        return timeout.limit(MAX_READING, this::read).onItemOrFailure().transform((read, failure) -> {
            report(failure);
            firstReading = null;
            return null;
        });
    }

    private double secondsFromUtc() {
        return zone.getRules().getOffset(Instant.now()).getTotalSeconds();
    }

    /** Logs the faulty rows when a reading finds others than the one before. */
    private void reportRefused(String names) {
        if (!names.equals(refused) && !names.isEmpty()) {
            LOG.warnf(
                    "These bitkeys of the database are refused, because their digest or vendor is malformed, or another "
                            + "bitkey has the same digest: %s",
                    names);
        }
        refused = names;
    }

    /** Logs the first failure of each outage, and its end. */
    private void report(Throwable failure) {
        if (failure != null && !unreadable) {
            LOG.warnf(
                    "Bitkeys cannot be read from the database, so one that is revoked stays valid, and a new one is unknown. "
                            + "After backoffice.bitkeys-max-age, those with an expiry get 5001. Cause: %s",
                    PostgresErrors.reason(failure));
        } else if (failure == null && unreadable) {
            LOG.info("Bitkeys are read from the database again.");
        }
        unreadable = failure != null;
    }

    /** Reads the keys without a call that asks, so that their gauges are there, and a call finds them. */
    void readAtRest() {
        Uni<Void> first = firstReading;
        if (first != null) {
            first.subscribe().with(done -> {});
        }
    }

    /** A table that cannot be read is tried again without a call too. */
    void tick(long now) {
        if (firstReading == null && (asked || unreadable)) {
            asked = false;
            readInTime().subscribe().with(done -> {});
        } else if (firstReading == null) {
            firstReading = readInTime().memoize().indefinitely();
        } else if (now - readAt > BETWEEN_READINGS_AT_REST.toNanos()) {
            readAtRest();
        }
    }

    private long ageNanos() {
        return unreadable ? System.nanoTime() - readAt : 0;
    }

    /**
     * The key with this digest. Fails with 1102 for an unknown, revoked or expired key, and with 5001 when the keys were
     * never read, or are too old to tell whether it is still valid.
     */
    Uni<Bitkey> find(Digest digest) {
        asked = true;
        Uni<Void> first = firstReading;
        Uni<Void> read = first == null
                ? Uni.createFrom().voidItem()
                // Each call continues in its own context.
                : first.emitOn(MutinyHelper.executor(vertx.getOrCreateContext()));
        return read.map(done -> valid(digest)).invoke(this::storeUse);
    }

    private Bitkey valid(Digest digest) {
        if (keys == null) {
            throw new ApiException(Problem.KEY_UNCHECKED);
        }
        Bitkey key = keys.get(digest);
        boolean expires = key != null && key.expiresAt() != null;
        if (key == null || expires && !Instant.now().isBefore(key.expiresAt())) {
            throw new ApiException(Problem.KEY_UNKNOWN);
        }
        if (expires && ageNanos() > maxAge.toNanos()) {
            throw new ApiException(Problem.KEY_UNCHECKED);
        }
        return key;
    }

    /** Stores the day of the last use, with the first call of a day of the database. The next reading finds what failed. */
    private void storeUse(Bitkey key) {
        if (usesToStore.remove(key.digest())) {
            sql.withoutVendor(MARK_USED, key.vendor(), key.name(), secondsFromUtc())
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf("The use of a key is not stored: %s", failure));
        }
    }
}
