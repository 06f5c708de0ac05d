package backoffice.bulkhead;

import backoffice.value.Vendor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** What one vendor holds of a {@link Bulkhead} and waits for, with its meters. The lock of the bulkhead guards it. */
final class Share {

    private static final Logger LOG = Logger.getLogger(Bulkhead.class);
    private static final long NANOS_BETWEEN_LOG_LINES = Duration.ofMinutes(1).toNanos();

    final Vendor vendor;
    final Set<Bulkhead.Permit> waiting = new LinkedHashSet<>();
    final Counter refused;
    long held;

    private final String resource;
    private final Bulkhead.Limits limits;
    private final Counter throttled;
    private long lastLogLine = System.nanoTime() - NANOS_BETWEEN_LOG_LINES;

    Share(Bulkhead bulkhead, Vendor vendor, String resource, Bulkhead.Limits limits, MeterRegistry meters) {
        this.vendor = vendor;
        this.resource = resource;
        this.limits = limits;
        String[] tags = {"resource", resource, "vendor", vendor.name()};
        throttled = meters.counter("backoffice.bulkhead.throttled.calls", tags);
        refused = meters.counter("backoffice.bulkhead.refused.calls", tags);
        gauge(bulkhead, meters, "backoffice.bulkhead.waiting.calls", tags, share -> share.waiting.size());
        gauge(bulkhead, meters, "backoffice.bulkhead.held", tags, share -> share.held);
        gauge(bulkhead, meters, "backoffice.bulkhead.share", tags, share -> limits.share());
    }

    private void gauge(
            Bulkhead bulkhead, MeterRegistry meters, String name, String[] tags, ToDoubleFunction<Share> value) {
        Gauge.builder(name, this, share -> {
                    synchronized (bulkhead) {
                        return value.applyAsDouble(share);
                    }
                })
                .tags(tags)
                .register(meters);
    }

    /** The call that is served next. */
    Bulkhead.Permit first() {
        return waiting.iterator().next();
    }

    /** Counts a call that waits because its own vendor holds its share, and logs that once a minute. */
    void throttle() {
        throttled.increment();
        if (System.nanoTime() - lastLogLine >= NANOS_BETWEEN_LOG_LINES) {
            lastLogLine = System.nanoTime();
            LOG.infof(
                    "Vendor %s holds its share of %s (%d), so its further calls %s.",
                    vendor.name(), resource, limits.share(), limits.queueSize() == 0 ? "are refused" : "wait");
        }
    }
}
