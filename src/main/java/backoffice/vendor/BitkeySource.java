package backoffice.vendor;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.persistence.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
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

    private final String name;
    private final Supplier<Uni<Bitkeys>> reading;
    private final Duration maxAge;
    private final boolean failClosed;
    private final AtomicBoolean unreadable = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Bitkeys keys = new Bitkeys();
    private volatile long readAt = System.nanoTime();

    /**
     * @param maxAge the age beyond which keys are refused
     * @param failClosed whether all keys are refused then, and not only those that expire
     */
    BitkeySource(
            String name, Supplier<Uni<Bitkeys>> reading, Duration maxAge, boolean failClosed, MeterRegistry meters) {
        this.name = name;
        this.reading = reading;
        this.maxAge = maxAge;
        this.failClosed = failClosed;
        TimeGauge.builder("backoffice.bitkeys.age", this, NANOSECONDS, BitkeySource::ageNanos)
                .tag("source", name)
                .register(meters);
    }

    /**
     * Reads the source, and fails when a part of it cannot be read. Does nothing while a reading still runs, so a source
     * that hangs does not collect statements and threads.
     */
    Uni<Void> read() {
        return Uni.createFrom().deferred(() -> {
            long startedAt = System.nanoTime();
            return running.compareAndSet(false, true)
                    ? Uni.createFrom()
                            .deferred(reading::get)
                            .invoke(read -> hold(read, startedAt))
                            .replaceWithVoid()
                            .onTermination()
                            .invoke(() -> running.set(false))
                    : Uni.createFrom().voidItem();
        });
    }

    /** Reads as {@link #read}, never fails, and completes in time. A reading that takes longer goes on, and is an outage. */
    Uni<Void> readInTime(Vertx vertx) {
        return Database.inTime(vertx, MAX_READING, this::read)
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull();
    }

    private void hold(Bitkeys read, long startedAtNanos) {
        keys = read;
        read.requireNoFault();
        readAt = startedAtNanos;
        if (System.nanoTime() - startedAtNanos < MAX_READING.toNanos() && unreadable.compareAndSet(true, false)) {
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
        return unreadable.get() ? System.nanoTime() - readAt : 0;
    }

    Bitkeys keys() {
        return keys;
    }

    /**
     * The key with this digest; empty for an unknown or expired key.
     *
     * @throws UnavailableException (5001) when the source is too old to tell whether the key is still valid
     */
    Optional<Bitkey> find(BitkeyDigest digest) {
        Optional<Bitkey> found = keys.find(digest).filter(key -> !key.isExpired());
        if (found.filter(key -> failClosed || key.expiresAt() != null).isPresent() && ageNanos() > maxAge.toNanos()) {
            throw new UnavailableException(Problem.KEY_UNCHECKED);
        }
        return found;
    }
}
