package backoffice.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A configuration with low limits: a small connection pool, and a short acquire queue. */
public class TightLimits implements QuarkusTestProfile {

    /** Beside one connection that short reads share, and one for bitkeys. */
    public static final int POOL_SIZE = 4;

    public static final int ACQUIRE_QUEUE_SIZE = 40;
    public static final long ACQUIRE_TIMEOUT_MILLIS = 3000;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size",
                String.valueOf(POOL_SIZE + 2),
                "backoffice.database.acquire-queue-size",
                String.valueOf(ACQUIRE_QUEUE_SIZE),
                "backoffice.database.vendor-share",
                "1",
                "backoffice.database.acquire-timeout",
                ACQUIRE_TIMEOUT_MILLIS + "ms",
                "backoffice.database.call-timeout",
                "4s");
    }
}
