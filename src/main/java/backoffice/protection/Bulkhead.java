package backoffice.protection;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
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

/**
 * Bulkhead that bounds what all calls hold of a resource at the same time, with a share for each vendor (docs/adr/0015).
 *
 * <p>One vendor never holds more than its share, so something is always left for the others. Vendors that wait are
 * served in turns, and the calls of one vendor in the order in which they came.
 */
final class Bulkhead {

    private final Vertx vertx;
    private final long capacity;
    private final long share;
    private final long queueTimeoutMillis;
    private final Map<Vendor, Queue<Permit>> waiting = new LinkedHashMap<>();
    private final Map<Vendor, Long> heldByVendor = new HashMap<>();
    private long held;

    /**
     * Creates a bulkhead.
     *
     * @param capacity the amount that all calls hold at most
     * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
     */
    Bulkhead(Vertx vertx, long capacity, long share, Duration queueTimeout) {
        this.vertx = vertx;
        this.capacity = capacity;
        this.share = share;
        this.queueTimeoutMillis = queueTimeout.toMillis();
    }

    /** Requests a permit. It is granted at once, or waits in the queue. The caller has to release it in any case. */
    synchronized Permit request(Vendor vendor, long amount) {
        Permit permit = new Permit(vendor, Math.min(amount, share));
        waiting.computeIfAbsent(vendor, v -> new ArrayDeque<>()).add(permit);
        grantPermits();
        if (!permit.isGranted) {
            permit.timer = vertx.setTimer(queueTimeoutMillis, elapsed -> permit.timeOut());
        }
        return permit;
    }

    private void grantPermits() {
        boolean granted = true;
        while (granted) {
            granted = false;
            for (Vendor vendor : List.copyOf(waiting.keySet())) {
                granted |= grantNext(vendor);
            }
        }
    }

    private boolean grantNext(Vendor vendor) {
        Queue<Permit> ofVendor = waiting.remove(vendor);
        Permit next = ofVendor.peek();
        boolean fits = held + next.amount <= capacity && heldByVendor.getOrDefault(vendor, 0L) + next.amount <= share;
        if (fits) {
            ofVendor.remove();
            next.grant();
        }
        if (!ofVendor.isEmpty()) {
            // The vendor comes after all others now.
            waiting.put(vendor, ofVendor);
        }
        return fits;
    }

    /** The permit of one call: in the queue at first, then granted. */
    final class Permit {

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

        /** Completes when the permit is granted; fails with 5001 after the queue timeout. */
        Uni<Void> granted() {
            return UniHelper.toUni(answer.future());
        }

        boolean isGranted() {
            return isGranted;
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
            heldByVendor.merge(vendor, delta, (before, more) -> before + more == 0 ? null : before + more);
        }

        private void timeOut() {
            if (leaveQueue()) {
                answer.fail(new UnavailableException(Problem.OVERLOADED));
            }
        }

        private boolean leaveQueue() {
            synchronized (Bulkhead.this) {
                Queue<Permit> ofVendor = waiting.get(vendor);
                boolean waited = ofVendor != null && ofVendor.remove(this);
                if (waited && ofVendor.isEmpty()) {
                    waiting.remove(vendor);
                }
                return waited;
            }
        }

        /** Gives back what the call does not need of its amount. A larger amount than before has no effect. */
        void reduceTo(long needed) {
            synchronized (Bulkhead.this) {
                if (isGranted && needed < amount) {
                    hold(needed - amount);
                    amount = needed;
                    grantPermits();
                }
            }
        }

        /** Gives back the whole amount, or leaves the queue. */
        void release() {
            vertx.cancelTimer(timer);
            leaveQueue();
            reduceTo(0);
        }
    }
}
