package backoffice.vendor;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.persistence.StatementExecutor;
import backoffice.vendor.Bitkey.Digest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The keys of the last reading of the database, or of the directory of mounted files. A source has a gauge of their age,
 * which is 0 unless it cannot be read as a whole (docs/keys.md).
 */
final class BitkeySource {

    /** A reading that takes longer is an outage, because a revoked key must be refused within five seconds. */
    private static final Duration MAX_READING = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(BitkeySource.class);

    /** @param faults why a part of the keys was not read again */
    record Reading(Map<Digest, Bitkey> keys, List<String> faults) {}

    private final String name;
    private final Supplier<Uni<Reading>> reading;
    private final Duration maxAge;
    private final boolean failClosed;
    private final AtomicBoolean unreadable = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Map<Digest, Bitkey> keys = Map.of();
    private volatile long readAt = System.nanoTime();

    /**
     * @param maxAge the age beyond which keys are refused
     * @param failClosed whether all keys are refused then, and not only those that expire
     */
    BitkeySource(
            String name, Supplier<Uni<Reading>> reading, Duration maxAge, boolean failClosed, MeterRegistry meters) {
        this.name = name;
        this.reading = reading;
        this.maxAge = maxAge;
        this.failClosed = failClosed;
        TimeGauge.builder("backoffice.bitkeys.age", this, NANOSECONDS, BitkeySource::ageNanos)
                .tag("source", name)
                .register(meters);
    }

    /** Reads the source, and fails when a part of it cannot be read. Does nothing while a reading still runs. */
    Uni<Void> read() {
        return Uni.createFrom().deferred(() -> {
            // A source that hangs does not collect statements and threads.
            if (!running.compareAndSet(false, true)) {
                return Uni.createFrom().voidItem();
            }
            long startedAt = System.nanoTime();
            return Uni.createFrom()
                    .deferred(reading::get)
                    .invoke(read -> hold(read, startedAt))
                    .replaceWithVoid()
                    .onTermination()
                    .invoke(() -> running.set(false));
        });
    }

    /** Reads as {@link #read}, never fails, and completes in time. A reading that takes longer goes on, and is an outage. */
    Uni<Void> readInTime(Vertx vertx) {
        return StatementExecutor.inTime(vertx, MAX_READING, this::read)
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull();
    }

    private void hold(Reading read, long startedAt) {
        keys = read.keys();
        if (!read.faults().isEmpty()) {
            throw new ConfigurationException(String.join(" ", read.faults()));
        }
        readAt = startedAt;
        if (System.nanoTime() - startedAt < MAX_READING.toNanos() && unreadable.compareAndSet(true, false)) {
            LOG.infof("Bitkeys are read from %s again.", name);
        }
    }

    /** Reports that a reading has failed. The first failure of each outage is logged. */
    private void report(Throwable failure) {
        if (unreadable.compareAndSet(false, true)) {
            LOG.warnf(
                    "Bitkeys cannot be read from %s, so a key that is revoked there stays valid, and a new one is unknown. "
                            + "If this lasts longer than %d s, %s get 5001. Cause: %s",
                    name,
                    maxAge.toSeconds(),
                    failClosed ? "its keys" : "its keys with an expiry",
                    ExceptionUtil.getRootCause(failure));
        }
    }

    boolean isUnreadable() {
        return unreadable.get();
    }

    private long ageNanos() {
        return isUnreadable() ? System.nanoTime() - readAt : 0;
    }

    Collection<Bitkey> keys() {
        return keys.values();
    }

    /**
     * The key with this digest; empty for an unknown or expired key.
     *
     * @throws UnavailableException (5001) when the source is too old to tell whether the key is still valid
     */
    Optional<Bitkey> find(Digest digest) {
        Optional<Bitkey> found = Optional.ofNullable(keys.get(digest)).filter(key -> !key.isExpired());
        if (ageNanos() > maxAge.toNanos()
                && found.filter(key -> failClosed || key.expiresAt() != null).isPresent()) {
            throw new UnavailableException(Problem.KEY_UNCHECKED);
        }
        return found;
    }
}
