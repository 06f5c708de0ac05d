package backoffice.protection;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of the throttle of failed keys (docs/adr/0017); {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.failed-key-throttle")
interface FailedKeyLimits {

    /** The number of unknown keys of one address that are answered at once. */
    int burst();

    /** The time between two answers to one address after the burst. */
    Duration interval();

    /** The longest delay of an answer; a call that would wait longer fails with 5001 instead. */
    Duration maxDelay();
}
