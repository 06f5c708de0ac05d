package backoffice.persistence;

import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Bulkhead that bounds what all calls hold of a resource at the same time, with a share for each vendor (docs/adr/0015,
 * docs/adr/0034).
 *
 * <p>One vendor never holds more than its share, so something is always left for the others. Vendors that wait are
 * served in turns, and the calls of one vendor in the order in which they came.
 */
public final class Bulkhead {

    private final Vertx vertx;
    private final long capacity;
    private final long share;
    private final int queueSize;
    private final long queueTimeoutMillis;
    private final Function<Vendor, Throwable> refusal;
    // The keys are the names of vendors. In the native executable, the hash of a record takes microseconds.
    private final Map<String, Queue<Permit>> waiting = new LinkedHashMap<>();
    private final Map<String, Long> heldByVendor = new HashMap<>();
    private long held;

    /**
     * Creates a bulkhead.
     *
     * @param capacity the amount that all calls hold at most
     * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
     * @param queueSize how many calls of one vendor wait at most; further calls are refused at once
     * @param queueTimeout how long a call waits before it is refused
     * @param refusal makes the failure of a call that is refused
     */
    public Bulkhead(
            Vertx vertx,
            long capacity,
            long share,
            int queueSize,
            Duration queueTimeout,
            Function<Vendor, Throwable> refusal) {
        this.vertx = vertx;
        this.capacity = capacity;
        this.share = share;
        this.queueSize = queueSize;
        this.queueTimeoutMillis = queueTimeout.toMillis();
        this.refusal = refusal;
    }

    /** Executes work that holds an amount from its start to its end. The work starts when the amount is granted. */
    <T> Uni<T> execute(Vendor vendor, long amount, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Permit permit = request(vendor, amount);
            Uni<T> outcome = permit.isGranted ? work.get() : permit.granted().chain(granted -> work.get());
            return outcome.onTermination().invoke(permit::release);
        });
    }

    /** Requests a permit. It is granted at once, or waits in the queue. The caller has to release it in any case. */
    public synchronized Permit request(Vendor vendor, long amount) {
        Permit permit = new Permit(vendor, Math.min(amount, share));
        if (waiting.isEmpty() && permit.fits()) {
            permit.grant();
            return permit;
        }
        waiting.computeIfAbsent(vendor.name(), name -> new ArrayDeque<>()).add(permit);
        grantPermits();
        if (!permit.isGranted && waiting.get(vendor.name()).size() > queueSize) {
            permit.leaveQueue();
            permit.answer.fail(refusal.apply(vendor));
        } else if (!permit.isGranted) {
            permit.timer = vertx.setTimer(queueTimeoutMillis, elapsed -> permit.timeOut());
        }
        return permit;
    }

    private void grantPermits() {
        boolean granted = true;
        while (granted) {
            granted = false;
            for (String vendor : List.copyOf(waiting.keySet())) {
                granted |= grantNext(vendor);
            }
        }
    }

    private boolean grantNext(String vendor) {
        Queue<Permit> ofVendor = waiting.get(vendor);
        Permit next = ofVendor.peek();
        boolean fits = next.fits();
        if (fits) {
            ofVendor.remove();
            next.grant();
            waiting.remove(vendor);
            if (!ofVendor.isEmpty()) {
                // The vendor comes after all others now. One that gets nothing keeps its place.
                waiting.put(vendor, ofVendor);
            }
        }
        return fits;
    }

    /** The permit of one call: in the queue at first, then granted. */
    public final class Permit {

        private static final long NO_TIMER = -1;

        private final Vendor vendor;
        private final Promise<Void> answer = Promise.promise();
        private final Context context = vertx.getOrCreateContext();
        private long amount;
        private long timer = NO_TIMER;
        private volatile boolean isGranted;

        private Permit(Vendor vendor, long amount) {
            this.vendor = vendor;
            this.amount = amount;
        }

        /** Completes when the permit is granted; fails when the call is refused. */
        public Uni<Void> granted() {
            return UniHelper.toUni(answer.future());
        }

        public boolean isGranted() {
            return isGranted;
        }

        private boolean fits() {
            return held + amount <= capacity && heldByVendor.getOrDefault(vendor.name(), 0L) + amount <= share;
        }

        private void grant() {
            isGranted = true;
            hold(amount);
            if (timer == NO_TIMER) {
                answer.complete();
            } else {
                // The call continues in its own context, and outside of the lock.
                vertx.cancelTimer(timer);
                context.runOnContext(next -> answer.complete());
            }
        }

        private void hold(long delta) {
            held += delta;
            heldByVendor.merge(vendor.name(), delta, (before, more) -> before + more == 0 ? null : before + more);
        }

        private void timeOut() {
            if (leaveQueue()) {
                answer.fail(refusal.apply(vendor));
            }
        }

        private boolean leaveQueue() {
            synchronized (Bulkhead.this) {
                Queue<Permit> ofVendor = waiting.get(vendor.name());
                boolean waited = ofVendor != null && ofVendor.remove(this);
                if (waited && ofVendor.isEmpty()) {
                    waiting.remove(vendor.name());
                }
                return waited;
            }
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
            if (!isGranted) {
                vertx.cancelTimer(timer);
                leaveQueue();
            }
            reduceTo(0);
        }
    }
}
