package backoffice.changes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.time.Duration;

/** Settings of the record of changes (docs/api.md, section 10); {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.changes")
interface ChangesConfig {

    /** Whether changes are recorded and can be read. */
    @WithParentName
    boolean enabled();

    /** How long a change is kept at least. */
    Duration retention();
}
