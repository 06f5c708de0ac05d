package backoffice.bulkhead;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * Bulkhead that bounds what all calls hold of a resource at the same time, with a share for each vendor (docs/adr/0015,
 * docs/adr/0034).
 *
 * <p>One vendor never holds more than its share, so something is always left for the others. Vendors that wait are
 * served in turns, and the calls of one vendor in the order in which they came. The meters {@code backoffice.bulkhead.*}
 * say which vendor is held back, and so does the log, once a minute.
 */
public final class Bulkhead {

    private static final Logger LOG = Logger.getLogger(Bulkhead.class);
    private static final long NANOS_BETWEEN_LOG_LINES = Duration.ofMinutes(1).toNanos();

    private final Vertx vertx;
    private final MeterRegistry meters;
    private final String resource;
    private final Limits limits;
    private final Function<Vendor, Throwable> refusal;
    private final Map<Vendor, Share> shares = new HashMap<>();
    // The vendors that wait. The first one is served next, unless its call does not fit.
    private final Set<Share> turns = new LinkedHashSet<>();
    private long held;
    private boolean isTimerSet;
    private long lastLogLine = System.nanoTime() - NANOS_BETWEEN_LOG_LINES;

    /**
     * The limits of a bulkhead.
     *
     * @param capacity the amount that all calls hold at most
     * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
     * @param queueSize how many calls of one vendor wait at most; further calls are refused at once
     * @param queueTimeout how long a call waits before it is refused
     */
    public record Limits(long capacity, long share, int queueSize, Duration queueTimeout) {}

    /** Creates a bulkhead that refuses calls with 5001, because the service is overloaded. */
    public Bulkhead(Vertx vertx, MeterRegistry meters, String resource, Limits limits) {
        this(vertx, meters, resource, limits, vendor -> new UnavailableException(Problem.OVERLOADED));
    }

    /**
     * Creates a bulkhead.
     *
     * @param resource what the calls hold, for meters and the log
     * @param refusal makes the failure of a call that is refused
     */
    public Bulkhead(
            Vertx vertx, MeterRegistry meters, String resource, Limits limits, Function<Vendor, Throwable> refusal) {
        this.vertx = vertx;
        this.meters = meters;
        this.resource = resource;
        this.limits = limits;
        this.refusal = refusal;
    }

    /** Executes work that holds an amount from its start to its end. The work starts when the amount is granted. */
    public <T> Uni<T> execute(Vendor vendor, long amount, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Permit permit = request(vendor, amount);
            Uni<T> outcome = permit.isGranted ? work.get() : permit.granted().chain(granted -> work.get());
            return outcome.onTermination().invoke(permit::release);
        });
    }

    /** Requests a permit. It is granted at once, or waits in the queue. The caller has to release it in any case. */
    public synchronized Permit request(Vendor vendor, long amount) {
        Share share = shares.computeIfAbsent(vendor, Share::new);
        Permit permit = new Permit(share, Math.min(amount, limits.share));
        if (share.waiting.isEmpty() && permit.fits()) {
            permit.isGranted = true;
            permit.hold(permit.amount);
        } else {
            permit.enqueue();
        }
        return permit;
    }

    private void grantPermits() {
        Share next = nextThatFits();
        while (next != null) {
            // The vendor comes after all others now. One that gets nothing keeps its place.
            turns.remove(next);
            next.waiting.remove().grant();
            if (!next.waiting.isEmpty()) {
                turns.add(next);
            }
            next = nextThatFits();
        }
    }

    private Share nextThatFits() {
        if (held < limits.capacity) {
            for (Share share : turns) {
                if (share.waiting.element().fits()) {
                    return share;
                }
            }
        }
        return null;
    }

    private void setTimer(long nanos) {
        isTimerSet = true;
        vertx.setTimer(1 + Duration.ofNanos(nanos).toMillis(), elapsed -> refuseLateCalls());
    }

    /** One timer serves all calls that wait: it ends at the first deadline of them. */
    private synchronized void refuseLateCalls() {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (Share share : List.copyOf(turns)) {
            while (!share.waiting.isEmpty() && share.waiting.element().deadline <= now) {
                share.waiting.remove().refuse();
            }
            if (share.waiting.isEmpty()) {
                turns.remove(share);
            } else {
                next = Math.min(next, share.waiting.element().deadline - now);
            }
        }
        isTimerSet = false;
        if (!turns.isEmpty()) {
            setTimer(next);
        }
    }

    /** What one vendor holds and waits for. */
    private final class Share {

        private final Vendor vendor;
        private final Queue<Permit> waiting = new ArrayDeque<>();
        private final Counter throttled;
        private final Counter refused;
        private long held;

        Share(Vendor vendor) {
            this.vendor = vendor;
            String[] tags = {"resource", resource, "vendor", vendor.name()};
            throttled = meters.counter("backoffice.bulkhead.throttled.calls", tags);
            refused = meters.counter("backoffice.bulkhead.refused.calls", tags);
            gauge("backoffice.bulkhead.waiting.calls", tags, share -> share.waiting.size());
            gauge("backoffice.bulkhead.held", tags, share -> share.held);
            gauge("backoffice.bulkhead.share", tags, share -> limits.share);
        }

        private void gauge(String name, String[] tags, ToDoubleFunction<Share> value) {
            Gauge.builder(name, this, share -> {
                        synchronized (Bulkhead.this) {
                            return value.applyAsDouble(share);
                        }
                    })
                    .tags(tags)
                    .register(meters);
        }

        /** Counts a call that waits because its own vendor holds its share. */
        void throttle() {
            throttled.increment();
            if (System.nanoTime() - lastLogLine >= NANOS_BETWEEN_LOG_LINES) {
                lastLogLine = System.nanoTime();
                LOG.infof(
                        "Vendor %s holds its share of %s (%d), so its further calls %s.",
                        vendor.name(), resource, limits.share, limits.queueSize == 0 ? "are refused" : "wait");
            }
        }
    }

    /** The permit of one call: in the queue at first, then granted. */
    public final class Permit {

        private final Share share;
        private long amount;
        private long deadline;
        private Context context;
        private Promise<Void> answer;
        private volatile boolean isGranted;

        private Permit(Share share, long amount) {
            this.share = share;
            this.amount = amount;
        }

        /** Completes when the permit is granted; fails when the call is refused. */
        public Uni<Void> granted() {
            return answer == null ? Uni.createFrom().voidItem() : UniHelper.toUni(answer.future());
        }

        public boolean isGranted() {
            return isGranted;
        }

        private boolean fits() {
            return held + amount <= limits.capacity && isWithinShare();
        }

        private boolean isWithinShare() {
            return share.held + amount <= limits.share;
        }

        private void hold(long delta) {
            held += delta;
            share.held += delta;
        }

        private void enqueue() {
            context = vertx.getOrCreateContext();
            answer = Promise.promise();
            if (!isWithinShare() && limits.share < limits.capacity) {
                share.throttle();
            }
            if (share.waiting.size() >= limits.queueSize) {
                refuse();
                return;
            }
            deadline = System.nanoTime() + limits.queueTimeout.toNanos();
            share.waiting.add(this);
            turns.add(share);
            if (!isTimerSet) {
                setTimer(limits.queueTimeout.toNanos());
            }
        }

        private void grant() {
            isGranted = true;
            hold(amount);
            // The call continues in its own context, and outside of the lock.
            context.runOnContext(next -> answer.complete());
        }

        private void refuse() {
            share.refused.increment();
            context.runOnContext(next -> answer.fail(refusal.apply(share.vendor)));
        }

        /** Gives back what the call does not need of its amount. A larger amount than before has no effect. */
        public void reduceTo(long needed) {
            synchronized (Bulkhead.this) {
                if (isGranted && needed < amount) {
                    hold(needed - amount);
                    amount = needed;
                    grantPermits();
                }
            }
        }

        /** Gives back the whole amount, or leaves the queue. */
        public void release() {
            synchronized (Bulkhead.this) {
                if (!isGranted && share.waiting.remove(this) && share.waiting.isEmpty()) {
                    turns.remove(share);
                }
                reduceTo(0);
            }
        }
    }
}
