package backoffice.bulkhead;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Bulkhead that bounds what all calls hold of a resource at the same time, with a share for each vendor. See docs/adr/0015
 * and 0034. One vendor never holds more than its share, so something is always left for the others. Vendors that wait are
 * served in turns, and the calls of one vendor in the order in which they came. A call that fits passes the ones before it
 * that do not. The meters {@code backoffice.bulkhead.*} say which vendor is held back, and so does the log, once a minute. A
 * call that waits in vain fails with status 5001.
 */
public final class Bulkhead {

    /**
     * The limits of a bulkhead.
     *
     * @param capacity the amount that all calls hold at most
     * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
     * @param queueSize how many calls of one vendor wait at most; further calls are refused at once
     */
    public record Limits(long capacity, long share, int queueSize) {}

    private static final Logger LOG = Logger.getLogger(Bulkhead.class);
    private static final long NANOS_BETWEEN_LOG_LINES = Duration.ofMinutes(1).toNanos();
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final MeterRegistry meters;
    private final String resource;
    private final Problem shortage;
    private final Limits limits;
    private final Map<Vendor, Share> shares = new HashMap<>();
    // The first vendor that waits is served next, unless its call does not fit.
    private final Set<Share> turns = new LinkedHashSet<>();
    private long held;

    /**
     * @param resource what the calls hold, for meters and the log
     * @param shortage why a call is refused, unless its vendor holds its share
     */
    public Bulkhead(Vertx vertx, MeterRegistry meters, String resource, Problem shortage, Limits limits) {
        this.vertx = vertx;
        this.meters = meters;
        this.resource = resource;
        this.shortage = shortage;
        this.limits = limits;
    }

    /** Executes work that holds an amount from its start to its end, and waits for it as {@link #request} does. */
    public <T> Uni<T> execute(Vendor vendor, long amount, long deadline, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Permit permit = request(vendor, amount, deadline);
            return permit.granted().chain(granted -> work.get()).onTermination().invoke(permit::release);
        });
    }

    /**
     * Requests a permit that the caller releases. It is granted at once, or waits in the queue until the deadline, as of
     * {@link System#nanoTime}.
     */
    public synchronized Permit request(Vendor vendor, long amount, long deadline) {
        Permit permit = new Permit(shares.computeIfAbsent(vendor, Share::new), Math.min(amount, limits.share()));
        if (permit.fits()) {
            permit.hold();
        } else {
            permit.enqueue(deadline);
        }
        return permit;
    }

    private void grantPermits() {
        for (var vendors = turns.iterator(); vendors.hasNext(); ) {
            Permit fitting = vendors.next().firstFitting();
            if (fitting != null) {
                fitting.grant();
                vendors = turns.iterator();
            }
        }
    }

    /** What one vendor holds and waits for, with its meters. */
    private final class Share {

        private final String vendor;
        private final Set<Permit> waiting = new LinkedHashSet<>();
        private final Counter throttled;
        private final Counter refused;
        private long held;
        private long lastLogLine = System.nanoTime() - NANOS_BETWEEN_LOG_LINES;

        private Share(Vendor vendor) {
            this.vendor = vendor.name();
            Tags tags = Tags.of("resource", resource, "vendor", this.vendor);
            throttled = meters.counter("backoffice.bulkhead.throttled.calls", tags);
            refused = meters.counter("backoffice.bulkhead.refused.calls", tags);
            // They are read without the lock, so they may be a moment old.
            meters.gaugeCollectionSize("backoffice.bulkhead.waiting.calls", tags, waiting);
            meters.gauge("backoffice.bulkhead.held", tags, this, share -> share.held);
            meters.gauge("backoffice.bulkhead.share", tags, limits, Limits::share);
        }

        /** Null when none fits. */
        private Permit firstFitting() {
            for (Permit permit : waiting) {
                if (permit.fits()) {
                    return permit;
                }
            }
            return null;
        }
    }

    /** The permit of one call: in the queue at first, then granted. */
    public final class Permit {

        private final Share share;
        private long amount;
        private long timer = NO_TIMER;
        private Context context;
        private Promise<Void> answer;
        private volatile boolean isGranted;

        private Permit(Share share, long amount) {
            this.share = share;
            this.amount = amount;
        }

        /** Completes when the permit is granted; fails when the call is refused, or the permit is released before that. */
        public Uni<Void> granted() {
            if (answer != null) {
                return UniHelper.toUni(answer.future());
            }
            return isGranted ? Uni.createFrom().voidItem() : Uni.createFrom().failure(refusal());
        }

        /** The amount that the call holds or waits for. */
        public long amount() {
            return amount;
        }

        /** Whether the call holds the resource. */
        public boolean isGranted() {
            return isGranted;
        }

        private boolean fits() {
            return held + amount <= limits.capacity() && share.held + amount <= limits.share();
        }

        private void hold() {
            isGranted = true;
            held += amount;
            share.held += amount;
        }

        /** Whether the call waits for other calls of its vendor, and not for those of all vendors. */
        private boolean isBeyondShare() {
            return share.held + amount > limits.share() && limits.share() < limits.capacity();
        }

        private void enqueue(long deadline) {
            if (isBeyondShare()) {
                share.throttled.increment();
                long now = System.nanoTime();
                if (now - share.lastLogLine >= NANOS_BETWEEN_LOG_LINES) {
                    share.lastLogLine = now;
                    LOG.infof(
                            "Vendor %s holds its share of %s (%d), so its further calls %s.",
                            share.vendor, resource, limits.share(), limits.queueSize() == 0 ? "are refused" : "wait");
                }
            }
            if (share.waiting.size() >= limits.queueSize()) {
                share.refused.increment();
                return;
            }
            // The call continues in its own context, and outside of the lock.
            context = vertx.getOrCreateContext();
            answer = Promise.promise();
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            timer = vertx.setTimer(Math.max(1, millis), late -> {
                if (!isGranted) {
                    share.refused.increment();
                    release(this::refusal);
                }
            });
            share.waiting.add(this);
            turns.add(share);
        }

        private void leaveQueue() {
            vertx.cancelTimer(timer);
            share.waiting.remove(this);
            if (share.waiting.isEmpty()) {
                turns.remove(share);
            }
        }

        private void grant() {
            leaveQueue();
            // The vendor comes after all others now. One that gets nothing keeps its place.
            if (turns.remove(share)) {
                turns.add(share);
            }
            hold();
            context.runOnContext(granted -> answer.tryComplete());
        }

        private UnavailableException refusal() {
            String reason = "vendor " + share.vendor + " waits too long for " + resource;
            synchronized (Bulkhead.this) {
                Problem problem = isBeyondShare() ? Problem.VENDOR_AT_SHARE : shortage;
                return new UnavailableException(problem, new TimeoutException(reason));
            }
        }

        /**
         * Changes the amount of a call that has the permit, also to more than fits. While a vendor holds more than its share,
         * its further calls wait, also those that need nothing.
         */
        public void resize(long needed) {
            synchronized (Bulkhead.this) {
                if (isGranted) {
                    long more = Math.min(needed, limits.share()) - amount;
                    held += more;
                    share.held += more;
                    amount += more;
                    grantPermits();
                }
            }
        }

        /** Gives back the whole amount, or leaves the queue. A call that has not heard of its grant does not get it. */
        public void release() {
            // Nobody reads why a call that has ended does not get its permit.
            release(() -> new UnavailableException(shortage));
        }

        private void release(Supplier<UnavailableException> refusal) {
            synchronized (Bulkhead.this) {
                if (isGranted) {
                    resize(0);
                    isGranted = false;
                } else {
                    leaveQueue();
                }
            }
            if (answer != null && !answer.future().isComplete()) {
                answer.tryFail(refusal.get());
            }
        }
    }
}
