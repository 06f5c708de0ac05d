package backoffice.bulkhead;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Bulkhead that bounds what all calls hold of a resource at the same time, with a share for each vendor. See docs/adr/0015
 * and 0034. One vendor never holds more than its share, so something is always left for the others. Vendors that wait are
 * served in turns, and the calls of one vendor in the order in which they came. A call that fits passes the ones before it
 * that do not. The meters {@code backoffice.bulkhead.*} tell who is held back. A call that waits in vain gets 5001.
 */
public final class Bulkhead {

    /**
     * @param name what the calls hold, for the meters
     * @param shortage why a call is refused, unless its vendor holds its share
     * @param capacity the amount that all calls hold at most
     * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
     * @param queueSize how many calls of one vendor wait at most; further calls are refused at once
     */
    public record Resource(String name, Problem shortage, long capacity, long share, int queueSize) {}

    private final Vertx vertx;
    private final MeterRegistry meters;
    private final Resource resource;
    private final Map<Vendor, Share> shares = new HashMap<>();
    // The first vendor that waits is served next, unless its call does not fit.
    private final Set<Share> turns = new LinkedHashSet<>();
    // The answer to a call that has neither a permit nor a place in the queue.
    private final Promise<Void> ended = Promise.promise();
    private long held;

    public Bulkhead(Vertx vertx, MeterRegistry meters, Resource resource) {
        this.vertx = vertx;
        this.meters = meters;
        this.resource = resource;
        ended.fail(new ApiException(resource.shortage()));
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
        Permit permit = new Permit(shares.computeIfAbsent(vendor, Share::new), Math.min(amount, resource.share()));
        if (permit.fits()) {
            permit.grant();
        } else {
            permit.enqueue(deadline);
        }
        return permit;
    }

    private void grantPermits() {
        for (Permit next = nextFitting(); next != null; next = nextFitting()) {
            // The vendor comes after all others now. One that gets nothing keeps its place.
            turns.remove(next.share);
            turns.add(next.share);
            next.leaveQueue();
            next.grant();
            next.context.runOnContext(next.answer::tryComplete);
        }
    }

    /** Null when no call that waits fits. */
    private Permit nextFitting() {
        for (Share share : turns) {
            for (Permit permit : share.waiting) {
                if (permit.fits()) {
                    return permit;
                }
            }
        }
        return null;
    }

    /** What one vendor holds and waits for, with its meters. */
    private final class Share {

        private final String vendor;
        private final Set<Permit> waiting = new LinkedHashSet<>();
        private final Counter throttled;
        private final Counter refused;
        private long held;

        private Share(Vendor vendor) {
            this.vendor = vendor.name();
            Tags tags = Tags.of("resource", resource.name(), "vendor", this.vendor);
            throttled = meters.counter("backoffice.bulkhead.throttled.calls", tags);
            refused = meters.counter("backoffice.bulkhead.refused.calls", tags);
            // They are read without the lock, so they may be a moment old.
            meters.gaugeCollectionSize("backoffice.bulkhead.waiting.calls", tags, waiting);
            meters.gauge("backoffice.bulkhead.held", tags, this, share -> share.held);
            meters.gauge("backoffice.bulkhead.share", tags, resource, Resource::share);
        }
    }

    /** The permit of one call: in the queue at first, then granted. */
    public final class Permit {

        private final Share share;
        private long amount;
        private long timer;
        private Context context;
        private Promise<Void> answer = ended;
        volatile boolean isGranted;

        private Permit(Share share, long amount) {
            this.share = share;
            this.amount = amount;
        }

        /** Completes when the permit is granted; fails when the call is refused, or the permit is released before that. */
        public Uni<Void> granted() {
            return isGranted ? Uni.createFrom().voidItem() : UniHelper.toUni(answer.future());
        }

        /** A call that needs nothing waits for its own vendor, and never for others. */
        private boolean fits() {
            return share.held + amount <= resource.share() && (amount == 0 || held + amount <= resource.capacity());
        }

        /** Whether the call waits for other calls of its vendor, and not for those of all vendors. */
        private boolean isBeyondShare() {
            return share.held + amount > resource.share() && resource.share() < resource.capacity();
        }

        private void grant() {
            isGranted = true;
            hold(amount);
        }

        private void hold(long more) {
            held += more;
            share.held += more;
        }

        private void enqueue(long deadline) {
            if (isBeyondShare()) {
                share.throttled.increment();
            }
            answer = Promise.promise();
            if (share.waiting.size() >= resource.queueSize()) {
                answer.fail(refusal());
                return;
            }
            // The call continues in its own context, and outside of the lock.
            context = vertx.getOrCreateContext();
            timer = vertx.setTimer(Math.max(1, (deadline - System.nanoTime()) / 1_000_000), late -> {
                if (answer.tryFail(refusal())) {
                    release();
                }
            });
            share.waiting.add(this);
            turns.add(share);
        }

        private void leaveQueue() {
            if (!isGranted && share.waiting.remove(this)) {
                vertx.cancelTimer(timer);
                if (share.waiting.isEmpty()) {
                    turns.remove(share);
                }
            }
        }

        private ApiException refusal() {
            share.refused.increment();
            String reason = "vendor " + share.vendor + " waits too long for " + resource.name();
            synchronized (Bulkhead.this) {
                Problem problem = isBeyondShare() ? Problem.VENDOR_AT_SHARE : resource.shortage();
                return new ApiException(problem, new TimeoutException(reason));
            }
        }

        /**
         * Changes the amount of a call that has the permit, also to more than fits. While a vendor holds more than its share,
         * its further calls wait, also those that need nothing.
         */
        public void resize(long needed) {
            long wanted = Math.min(needed, resource.share());
            if (wanted == amount) {
                return;
            }
            synchronized (Bulkhead.this) {
                if (isGranted) {
                    change(wanted);
                }
            }
        }

        /** Gives back the whole amount, or leaves the queue. A call that has not heard of its grant does not get it. */
        public void release() {
            synchronized (Bulkhead.this) {
                leaveQueue();
                if (isGranted) {
                    change(0);
                    isGranted = false;
                }
            }
            answer.tryFail(ended.future().cause());
        }

        /** What is given back may be enough for calls that wait. */
        private void change(long to) {
            long more = to - amount;
            amount = to;
            hold(more);
            if (more < 0) {
                grantPermits();
            }
        }
    }
}
