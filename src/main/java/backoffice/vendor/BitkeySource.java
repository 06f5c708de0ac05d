package backoffice.vendor;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.persistence.Database;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The keys of the last reading of the database, of the directory of mounted files, or of one of these files. A source
 * knows how old they are while it cannot be read (docs/adr/0029).
 */
final class BitkeySource {

    /** A reading that takes longer is an outage, because a revoked key must be refused within five seconds. */
    static final Duration MAX_READING = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(BitkeySource.class);
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final Duration maxAge;
    private final boolean failClosed;
    private final AtomicBoolean unreadable = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Bitkeys keys = new Bitkeys();
    private volatile long readAt = System.nanoTime();

    /**
     * @param name the name of the source in logs and metrics
     * @param maxAge the age beyond which keys are refused while the source cannot be read
     * @param failClosed whether all keys are refused then, and not only those that expire
     */
    BitkeySource(String name, Duration maxAge, boolean failClosed) {
        this.name = name;
        this.maxAge = maxAge;
        this.failClosed = failClosed;
    }

    /**
     * Reads the source, and fails when it cannot be read. Does nothing while a reading still runs, so a source that hangs
     * does not collect statements and threads.
     */
    Uni<Void> read(Supplier<Uni<Bitkeys>> work) {
        return Uni.createFrom().deferred(() -> {
            long startedAt = System.nanoTime();
            return running.compareAndSet(false, true)
                    ? Uni.createFrom()
                            .deferred(work::get)
                            .invoke(read -> hold(read, startedAt))
                            .replaceWithVoid()
                            .onTermination()
                            .invoke(() -> running.set(false))
                    : Uni.createFrom().voidItem();
        });
    }

    /** Reads as {@link #read}, never fails, and completes in time. A reading that takes longer goes on, and is an outage. */
    Uni<Void> readInTime(Vertx vertx, Supplier<Uni<Bitkeys>> work) {
        return Database.inTime(vertx, MAX_READING, () -> read(work))
                .onFailure()
                .invoke(this::report)
                .onFailure()
                .recoverWithNull();
    }

    /** Replaces the keys by those of a reading. */
    void hold(Bitkeys read, long startedAtNanos) {
        keys = read;
        readAt = startedAtNanos;
        if (System.nanoTime() - startedAtNanos < MAX_READING.toNanos() && unreadable.compareAndSet(true, false)) {
            LOG.infof("Bitkeys are read from %s again.", name);
        }
    }

    /** Reports that a reading has failed. The first failure of each outage is logged. */
    void report(Throwable failure) {
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

    /** The seconds since the last reading that succeeded; 0 unless readings fail. */
    double ageSeconds() {
        return unreadable.get() ? (System.nanoTime() - readAt) / NANOS_PER_SECOND : 0;
    }

    Bitkeys keys() {
        return keys;
    }

    /**
     * The key with this digest; empty for an unknown or expired key.
     *
     * @throws UnavailableException (5001) as {@link #requireFresh}
     */
    Optional<Bitkey> find(BitkeyDigest digest) {
        return keys.find(digest).filter(key -> !key.isExpired()).map(this::requireFresh);
    }

    /** @throws UnavailableException (5001) when the source is too old to tell whether this key is still valid */
    Bitkey requireFresh(Bitkey key) {
        if ((failClosed || key.expiresAt() != null) && ageSeconds() > maxAge.toNanos() / NANOS_PER_SECOND) {
            throw new UnavailableException(Problem.KEY_UNCHECKED);
        }
        return key;
    }
}
