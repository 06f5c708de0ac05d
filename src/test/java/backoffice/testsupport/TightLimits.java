package backoffice.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * A service that is soon overloaded: few connections, a short queue for them, and few answers to wrong keys. A proxy tells
 * it where a call comes from.
 */
public class TightLimits implements QuarkusTestProfile {

    /** Connections of the pool. */
    public static final int POOL = 4;

    /** Connections that short reads share, which come on top. */
    private static final int SHARED = 1;
    /** Calls that may wait for a connection. */
    public static final int QUEUE = 40;
    /** How long a call waits for a connection. */
    public static final long PATIENCE_MILLIS = 3000;
    /** Wrong keys of one address that are answered at once. */
    public static final int BURST = 3;
    /** The time between answers to further wrong keys of that address. */
    public static final long INTERVAL_MILLIS = 500;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.datasource.reactive.max-size",
                String.valueOf(POOL + SHARED),
                "backoffice.database.acquire-queue-size",
                String.valueOf(QUEUE),
                "backoffice.database.acquire-timeout",
                PATIENCE_MILLIS + "ms",
                "backoffice.database.call-timeout",
                "4s",
                "backoffice.failed-key-throttle.burst",
                String.valueOf(BURST),
                "backoffice.failed-key-throttle.interval",
                INTERVAL_MILLIS + "ms",
                "quarkus.http.proxy.proxy-address-forwarding",
                "true");
    }
}
