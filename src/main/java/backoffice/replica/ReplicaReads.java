package backoffice.replica;

import backoffice.persistence.Database;
import backoffice.persistence.PostgresErrors;
import backoffice.persistence.ReadRouting;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads lists and searches from a streaming replica, where {@code backoffice.replica.url} names one. The connection of a
 * read must have replayed the log up to the last change of the vendor, and up to a position that the primary had within
 * {@code backoffice.replica.max-lag}. Otherwise the primary answers. See docs/adr/0028.
 */
@Singleton
class ReplicaReads implements ReadRouting {

    private static final Logger LOG = Logger.getLogger(ReplicaReads.class);

    /** The log position that the reads of the current call must see. */
    static final String REQUIRED = ReplicaReads.class.getName() + ".required";

    /** The log position after the change of the current call. */
    static final String LOG_POSITION = ReplicaReads.class.getName() + ".log-position";

    private static final int SAMPLES_PER_LAG = 4;
    private static final long MAX_NANOS_TO_RESUME = Duration.ofSeconds(1).toNanos();

    /** A position of the primary, and a time before it was read. */
    private record Sample(long nanos, long position) {}

    private final ReplicaRepository replica;
    private final Pool primary;
    private final Vertx vertx;
    private final MeterRegistry meters;
    private final boolean configured;

    /** The primary must have time to answer where the replica does not. */
    private final Duration timeToAnswer;

    private final long maxLagNanos;
    private final long samplingNanos;
    private final Map<Vendor, Long> lastChanges = new ConcurrentHashMap<>();
    private final Deque<Sample> samples = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean sampling = new AtomicBoolean();
    private volatile long lastSampling;
    private volatile long usableSince;
    private volatile boolean suspended;

    ReplicaReads(
            @ConfigProperty(name = "backoffice.replica.url") Optional<String> url,
            @ConfigProperty(name = "backoffice.replica.max-lag") Duration maxLag,
            @ConfigProperty(name = "backoffice.database.call-timeout") Duration callTimeout,
            ReplicaRepository replica,
            Pool primary,
            Vertx vertx,
            MeterRegistry meters) {
        this.replica = replica;
        this.primary = primary;
        this.vertx = vertx;
        this.meters = meters;
        this.configured = url.isPresent();
        this.timeToAnswer = callTimeout.multipliedBy(3).dividedBy(4);
        this.maxLagNanos = maxLag.toNanos();
        this.samplingNanos = maxLagNanos / SAMPLES_PER_LAG;
        this.usableSince = System.nanoTime();
        this.lastSampling = usableSince - maxLagNanos;
    }

    /**
     * Remembers the log position after a change, which later reads of the vendor must see. A change that fails counts too,
     * because a repeated request fails with the stored response of its change.
     */
    @Override
    public <T> Uni<T> change(Vendor vendor, Uni<T> transaction) {
        return configured
                ? transaction
                        .onItemOrFailure()
                        .call((result, failure) -> failure != null && PostgresErrors.isUnavailability(failure)
                                ? Uni.createFrom().nullItem()
                                : rememberLogPosition(vendor))
                : transaction;
    }

    private Uni<Long> rememberLogPosition(Vendor vendor) {
        return WalPosition.read(primary, WalPosition.ON_PRIMARY)
                .invoke(position -> {
                    lastChanges.merge(vendor, position, Math::max);
                    ContextLocals.put(LOG_POSITION, position);
                })
                .onFailure()
                .recoverWithItem(() -> {
                    // Without the position, only samples from now on are known to be behind the change.
                    usableSince = System.nanoTime();
                    return null;
                });
    }

    @Override
    public <T> Uni<T> route(Vendor vendor, Supplier<Uni<T>> onPrimary, Function<Finder, Uni<T>> query) {
        if (!configured) {
            return onPrimary.get();
        }
        samplePosition();
        Sample oldest = oldestUsableSample();
        long lastChange = Math.max(
                lastChanges.getOrDefault(vendor, 0L),
                ContextLocals.<Long>get(REQUIRED).orElse(0L));
        if (suspended || oldest == null || lastChange == Long.MAX_VALUE) {
            return countFrom("primary", onPrimary.get());
        }
        Uni<T> onReplica = Database.inTime(
                vertx,
                timeToAnswer,
                () -> replica.read(position -> hasReplayed(position, oldest.position(), lastChange), query));
        return onReplica
                .onFailure()
                .recoverWithItem(this::suspend)
                .chain(item -> item == null
                        ? countFrom("primary", onPrimary.get())
                        : countFrom("replica", Uni.createFrom().item(item)));
    }

    private <T> T suspend(Throwable failure) {
        if (!suspended) {
            suspended = true;
            LOG.warnf(
                    "The primary answers all reads, because the replica does not: %s", PostgresErrors.reason(failure));
        }
        return null;
    }

    /** @throws IllegalStateException when the replica is no replica of the primary that can be used at present */
    private static boolean hasReplayed(Long replayed, long withinLag, long lastChange) {
        if (replayed == null || replayed < withinLag) {
            throw new IllegalStateException("it is too far behind the primary, or not connected to it");
        }
        return replayed >= lastChange;
    }

    private Sample oldestUsableSample() {
        long now = System.nanoTime();
        samples.removeIf(sample -> now - sample.nanos() > maxLagNanos || sample.nanos() - usableSince < 0);
        return samples.peekFirst();
    }

    /**
     * Reads a position of the primary, and asks a suspended replica whether it can answer reads again. Calls do it, and
     * not a timer, so that an instance without calls rests.
     */
    private void samplePosition() {
        long now = System.nanoTime();
        long interval = suspended ? Math.min(samplingNanos, MAX_NANOS_TO_RESUME) : samplingNanos;
        if (now - lastSampling < interval || !sampling.compareAndSet(false, true)) {
            return;
        }
        lastSampling = now;
        WalPosition.read(primary, WalPosition.ON_PRIMARY)
                .invoke(position -> samples.add(new Sample(now, position)))
                .chain(position ->
                        suspended ? resumeIfReplayed() : Uni.createFrom().nullItem())
                .onTermination()
                .invoke(() -> sampling.set(false))
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("No read is possible on the replica: %s", failure));
    }

    private Uni<Long> resumeIfReplayed() {
        return replica.position().invoke(position -> {
            Sample oldest = oldestUsableSample();
            if (position != null && oldest != null && position >= oldest.position()) {
                suspended = false;
                LOG.info("The replica answers reads again.");
            }
        });
    }

    private <T> Uni<T> countFrom(String server, Uni<T> read) {
        return read.invoke(() ->
                meters.counter("backoffice.replica.reads", "server", server).increment());
    }
}
