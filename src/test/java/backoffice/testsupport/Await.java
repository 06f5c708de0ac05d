package backoffice.testsupport;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for something that happens in another thread or process. */
public final class Await {

    private Await() {}

    /** Looks every 10 ms, and fails after this time. */
    public static ConditionFactory atMost(Duration timeout) {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(timeout);
    }

    /** Lets time pass that a promise is about. */
    public static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
