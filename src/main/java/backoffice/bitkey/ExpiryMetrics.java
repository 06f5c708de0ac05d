package backoffice.bitkey;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the metrics tell about each bitkey with an expiry until it is revoked: a gauge has the time until the expiry, which is
 * negative afterwards, and a counter has the calls with the key that came too late.
 */
final class ExpiryMetrics {

    private final MeterRegistry meters;
    private final MultiGauge expiries;

    ExpiryMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.expiries = MultiGauge.builder("backoffice.bitkeys.expiry")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Calls are counted from 0 on, because Prometheus sees no increase in a series that begins with its first call. */
    void show(BitkeyRows rows) {
        List<Bitkey> expiring = Stream.of(rows.keys(), rows.expired())
                .flatMap(keys -> keys.values().stream())
                .filter(key -> key.expiresAt() != null)
                .toList();
        expiring.forEach(this::calls);
        expiries.register(
                expiring.stream()
                        .<MultiGauge.Row<?>>map(key -> MultiGauge.Row.of(
                                tags(key),
                                () -> Duration.between(Instant.now(), key.expiresAt())
                                        .toSeconds()))
                        .toList(),
                true);
    }

    void countCall(Bitkey expired) {
        calls(expired).increment();
    }

    private Counter calls(Bitkey key) {
        return meters.counter("backoffice.bitkeys.expired.calls", tags(key));
    }

    private static Tags tags(Bitkey key) {
        return Tags.of("vendor", key.vendor(), "bitkey", key.name());
    }
}
