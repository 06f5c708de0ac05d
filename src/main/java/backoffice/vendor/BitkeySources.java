package backoffice.vendor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the sources of bitkeys. Each has the gauge {@code backoffice.bitkeys.age.seconds} while it exists. */
@Singleton
class BitkeySources {

    private static final String AGE = "backoffice.bitkeys.age.seconds";

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
        return meters.gauge(AGE, Tags.of("source", name), source, BitkeySource::ageSeconds);
    }

    void close(String name) {
        meters.find(AGE).tag("source", name).meters().forEach(meters::remove);
    }
}
