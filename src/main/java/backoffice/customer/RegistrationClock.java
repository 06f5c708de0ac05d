package backoffice.customer;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells when a customer is registered that does not say so itself. */
@ApplicationScoped
public class RegistrationClock {

    private final ZoneId zone;

    RegistrationClock(@ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        this.zone = zone;
    }

    /** The present second, in the zone of {@code backoffice.zone}. */
    public LocalDateTime now() {
        return LocalDateTime.now(zone).truncatedTo(ChronoUnit.SECONDS);
    }
}
