package backoffice.protection;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.observability.Call;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
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
 * <p>One vendor never holds more than its share, so something is always left for the others. A call that has to wait
 * fails with 5001 after the queue timeout. Vendors that wait are served in turns, and the calls of one vendor in the
 * order in which they came.
 */
final class Bulkhead {

    private final Vertx vertx;
    private final long capacity;
    private final long share;
    private final long queueTimeoutMillis;
    private final long workMillis;
    private final Map<String, Queue<Permit>> waiting = new LinkedHashMap<>();
    private final Map<String, Long> heldByVendor = new HashMap<>();
    private long held;

    /**
     * Creates a bulkhead.
     *
     * @param capacity the amount that all calls hold at most
     * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
     * @param workTime how long the work of a call can go on after its client has disconnected, from its beginning on
     */
    Bulkhead(Vertx vertx, long capacity, long share, Duration queueTimeout, Duration workTime) {
        this.vertx = vertx;
        this.capacity = capacity;
        this.share = share;
        this.queueTimeoutMillis = queueTimeout.toMillis();
        this.workMillis = workTime.toMillis();
    }

    /**
     * Acquires a permit for the vendor of a call. The call releases it at its end, unless it was released before. When
     * its client disconnects before the answer, the permit stays for as long as the work of the call can go on.
     *
     * @return the permit; fails with 5001 after the queue timeout
     */
    Uni<Permit> acquire(RoutingContext call, long amount) {
        return Uni.createFrom().emitter(emitter -> {
            Permit permit = new Permit(call, Math.min(amount, share), emitter);
            call.addEndHandler(end -> releaseAfterWork(call, permit));
            enqueue(permit);
        });
    }

    private void releaseAfterWork(RoutingContext call, Permit permit) {
        long millis = workMillis - Call.of(call).millis();
        if (permit.granted && !call.response().headWritten() && millis > 0) {
            vertx.setTimer(millis, ended -> permit.release());
        } else {
            permit.release();
        }
    }

    private void enqueue(Permit permit) {
        synchronized (this) {
            waiting.computeIfAbsent(permit.vendor, vendor -> new ArrayDeque<>()).add(permit);
            grantPermits();
            permit.enqueued = true;
            if (!permit.granted) {
                permit.timer = vertx.setTimer(queueTimeoutMillis, elapsed -> timeOut(permit));
                return;
            }
        }
        // The call continues outside of the lock.
        permit.emitter.complete(permit);
    }

    private void timeOut(Permit permit) {
        boolean timedOut;
        synchronized (this) {
            timedOut = removeWaiting(permit);
        }
        if (timedOut) {
            permit.emitter.fail(new UnavailableException(Problem.OVERLOADED));
        }
    }

    private boolean removeWaiting(Permit permit) {
        Queue<Permit> ofVendor = waiting.get(permit.vendor);
        boolean removed = ofVendor != null && ofVendor.remove(permit);
        if (removed && ofVendor.isEmpty()) {
            waiting.remove(permit.vendor);
        }
        return removed;
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

    private void hold(String vendor, long delta) {
        held += delta;
        heldByVendor.merge(vendor, delta, (before, more) -> before + more == 0 ? null : before + more);
    }

    /** The permit of one call: in the queue at first, then granted. */
    final class Permit {

        private final String vendor;
        private final UniEmitter<? super Permit> emitter;
        private final Context context = vertx.getOrCreateContext();
        private long amount;
        private long timer = -1;
        private boolean enqueued;
        private volatile boolean granted;

        private Permit(RoutingContext call, long amount, UniEmitter<? super Permit> emitter) {
            this.vendor = String.valueOf(Call.of(call).vendor());
            this.amount = amount;
            this.emitter = emitter;
        }

        private void grant() {
            granted = true;
            hold(vendor, amount);
            if (enqueued) {
                vertx.cancelTimer(timer);
                context.runOnContext(next -> emitter.complete(this));
            }
        }

        /** Gives back what the call does not need of its amount. A larger amount than before has no effect. */
        void reduceTo(long needed) {
            synchronized (Bulkhead.this) {
                if (granted && needed < amount) {
                    hold(vendor, needed - amount);
                    amount = needed;
                    grantPermits();
                }
            }
        }

        /** Gives back the whole amount, or leaves the queue. */
        void release() {
            synchronized (Bulkhead.this) {
                vertx.cancelTimer(timer);
                removeWaiting(this);
                reduceTo(0);
            }
        }
    }
}
