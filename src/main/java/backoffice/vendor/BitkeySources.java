package backoffice.vendor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the sources of bitkeys. Each has the gauge {@code backoffice.bitkeys.age} while it exists. */
@Singleton
class BitkeySources {

    private static final String AGE = "backoffice.bitkeys.age";

    private final MeterRegistry meters;
    private final Duration maxAge;
    private final boolean failClosed;

    BitkeySources(
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.bitkeys-max-age") Duration maxAge,
            @ConfigProperty(name = "backoffice.bitkeys-fail-closed") boolean failClosed) {
        this.meters = meters;
        this.maxAge = maxAge;
        this.failClosed = failClosed;
    }

    BitkeySource open(String name) {
        BitkeySource source = new BitkeySource(name, maxAge, failClosed);
        Gauge.builder(AGE, source, BitkeySource::ageSeconds)
                .description("The time since a source of bitkeys was read, 0 unless readings fail")
                .baseUnit("seconds")
                .tag("source", name)
                .register(meters);
        return source;
    }

    void close(String name) {
        meters.find(AGE).tag("source", name).meters().forEach(meters::remove);
    }
}
