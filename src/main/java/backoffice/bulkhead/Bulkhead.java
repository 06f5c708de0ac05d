package backoffice.bulkhead;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Bulkhead that bounds what all calls hold of a resource at the same time, with a share for each vendor. See docs/adr/0015
 * and 0034. One vendor never holds more than its share, so something is always left for the others. Vendors that wait are
 * served in turns, and the calls of one vendor in the order in which they came. The meters {@code backoffice.bulkhead.*}
 * say which vendor is held back, and so does the log, once a minute. A call that waits in vain fails with status 5001.
 */
public final class Bulkhead {

    /**
     * The limits of a bulkhead.
     *
     * @param capacity the amount that all calls hold at most
     * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
     * @param queueSize how many calls of one vendor wait at most; further calls are refused at once
     * @param queueTimeout how long a call waits before it is refused
     */
    public record Limits(long capacity, long share, int queueSize, Duration queueTimeout) {}

    private static final long CHECK_MILLIS = 20;

    private final Vertx vertx;
    private final MeterRegistry meters;
    private final String resource;
    private final Limits limits;
    private final Map<Vendor, Share> shares = new HashMap<>();
    // The first vendor that waits is served next, unless its call does not fit.
    private final Set<Share> turns = new LinkedHashSet<>();
    private long held;
    private boolean isTimerSet;

    /** @param resource what the calls hold, for meters and the log */
    public Bulkhead(Vertx vertx, MeterRegistry meters, String resource, Limits limits) {
        this.vertx = vertx;
        this.meters = meters;
        this.resource = resource;
        this.limits = limits;
    }

    /** The time, as of {@link System#nanoTime}, until which a call that comes now waits. */
    public long deadline() {
        return System.nanoTime() + limits.queueTimeout().toNanos();
    }

    /**
     * Executes work that holds an amount from its start to its end. The work starts when the amount is granted.
     *
     * @param deadline until when the call waits: {@link #deadline()}, here or of a bulkhead where it has waited before
     */
    public <T> Uni<T> execute(Vendor vendor, long amount, long deadline, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Permit permit = request(vendor, amount, deadline);
            return permit.granted().chain(granted -> work.get()).onTermination().invoke(permit::release);
        });
    }

    /**
     * Requests a permit. It is granted at once, or waits in the queue.
     *
     * @param end releases the permit when it completes; at once if it is complete already
     */
    public Permit request(Vendor vendor, long amount, Future<?> end) {
        Permit permit = request(vendor, amount, deadline());
        end.onComplete(ended -> permit.release());
        return permit;
    }

    private synchronized Permit request(Vendor vendor, long amount, long deadline) {
        Share share = shares.computeIfAbsent(vendor, v -> new Share(this, v, resource, limits, meters));
        Permit permit = new Permit(share, Math.min(amount, limits.share()), deadline);
        if (share.waiting.isEmpty() && permit.fits()) {
            permit.hold();
        } else {
            permit.enqueue();
        }
        return permit;
    }

    private void grantPermits() {
        for (Share next = nextThatFits(); next != null; next = nextThatFits()) {
            Permit permit = next.first();
            permit.leaveQueue();
            // The vendor comes after all others now. One that gets nothing keeps its place.
            if (turns.remove(next)) {
                turns.add(next);
            }
            permit.hold();
            permit.context.runOnContext(granted -> permit.answer.tryComplete());
        }
    }

    private Share nextThatFits() {
        for (Share share : turns) {
            if (share.first().fits()) {
                return share;
            }
        }
        return null;
    }

    private void setTimer() {
        if (!isTimerSet && !turns.isEmpty()) {
            isTimerSet = true;
            vertx.setTimer(CHECK_MILLIS, elapsed -> refuseLateCalls());
        }
    }

    /** One timer serves all calls that wait. Those of one vendor may have their deadlines in another order. */
    private synchronized void refuseLateCalls() {
        long now = System.nanoTime();
        turns.stream()
                .flatMap(share -> share.waiting.stream())
                .filter(permit -> permit.deadline - now <= 0)
                .toList()
                .forEach(Permit::refuse);
        grantPermits();
        isTimerSet = false;
        setTimer();
    }

    /** The permit of one call: in the queue at first, then granted. */
    public final class Permit {

        private final Share share;
        private final long deadline;
        private long amount;
        private Context context;
        private Promise<Void> answer;
        private volatile boolean isGranted;

        private Permit(Share share, long amount, long deadline) {
            this.share = share;
            this.amount = amount;
            this.deadline = deadline;
        }

        /** Completes when the permit is granted; fails when the call is refused, or the permit is released before that. */
        public Uni<Void> granted() {
            if (answer != null) {
                return UniHelper.toUni(answer.future());
            }
            return isGranted ? Uni.createFrom().voidItem() : Uni.createFrom().failure(refusal());
        }

        /** Whether the call holds the resource. */
        public boolean isGranted() {
            return isGranted;
        }

        private boolean fits() {
            return held + amount <= limits.capacity() && isWithinShare();
        }

        private boolean isWithinShare() {
            return share.held + amount <= limits.share();
        }

        private void hold() {
            isGranted = true;
            held += amount;
            share.held += amount;
        }

        private void enqueue() {
            // The call continues in its own context, and outside of the lock.
            context = vertx.getOrCreateContext();
            answer = Promise.promise();
            if (!isWithinShare() && limits.share() < limits.capacity()) {
                share.throttle();
            }
            if (share.waiting.size() >= limits.queueSize()) {
                refuse();
                return;
            }
            share.waiting.add(this);
            turns.add(share);
            setTimer();
        }

        private void leaveQueue() {
            share.waiting.remove(this);
            if (share.waiting.isEmpty()) {
                turns.remove(share);
            }
        }

        private void refuse() {
            leaveQueue();
            share.refused.increment();
            context.runOnContext(refused -> fail());
        }

        private void fail() {
            answer.tryFail(refusal());
        }

        private UnavailableException refusal() {
            String reason = "vendor " + share.vendor.name() + " waits too long for " + resource;
            return new UnavailableException(Problem.OVERLOADED, new TimeoutException(reason));
        }

        /** Gives back what the call does not need of its amount. A larger amount than before has no effect. */
        public void reduceTo(long needed) {
            synchronized (Bulkhead.this) {
                if (isGranted && needed < amount) {
                    held -= amount - needed;
                    share.held -= amount - needed;
                    amount = needed;
                    grantPermits();
                }
            }
        }

        /** Gives back the whole amount, or leaves the queue. A call that has not heard of its grant does not get it. */
        public void release() {
            synchronized (Bulkhead.this) {
                if (isGranted) {
                    reduceTo(0);
                    isGranted = false;
                } else {
                    leaveQueue();
                    // The call behind it may fit.
                    grantPermits();
                }
            }
            if (answer != null && !answer.future().isComplete()) {
                fail();
            }
        }
    }
}
