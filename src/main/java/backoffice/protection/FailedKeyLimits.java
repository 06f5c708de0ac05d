package backoffice.protection;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How many wrong keys are looked at; {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.failed-key-throttle")
interface FailedKeyLimits {

    /** So many of one address are answered at once. */
    int burst();

    /** After them, one in so long. */
    Duration interval();

    /** Whoever would wait longer for the answer fails with 5001 at once. */
    Duration maxDelay();
}
