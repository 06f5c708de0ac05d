package backoffice.customer;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The clock for the {@code regDate} of new customers that are sent without one (docs/api.md, section 5.4). */
@ApplicationScoped
public class RegistrationClock {

    private final ZoneId zone;

    RegistrationClock(@ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        this.zone = zone;
    }

    /** The current local time, truncated to the second. */
    public LocalDateTime now() {
        return LocalDateTime.now(zone).truncatedTo(ChronoUnit.SECONDS);
    }
}
