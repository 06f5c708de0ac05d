package backoffice.testsupport;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that happens in another thread or process. */
public final class Await {

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(10);

    private Await() {}

    /**
     * Checks a condition until it holds.
     *
     * @param failure the message of the error after the timeout
     */
    public static void until(Duration timeout, BooleanSupplier condition, Supplier<String> failure) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(failure.get());
            }
            sleep(BETWEEN_CHECKS);
        }
    }

    public static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
