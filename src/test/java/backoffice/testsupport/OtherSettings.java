package backoffice.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of tests of the code that need others than the defaults: recorded changes, keys that age soon, and
 * connections that live for a second. Quarkus builds and starts the application once more for each profile, so there is one.
 */
public class OtherSettings implements QuarkusTestProfile {

    public static final Duration BITKEYS_MAX_AGE = Duration.ofSeconds(4);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "backoffice.history", "on",
                "backoffice.bitkeys-max-age", BITKEYS_MAX_AGE.toString(),
                "quarkus.datasource.reactive.max-lifetime", "1s");
    }
}
