package backoffice.cli;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Retries after transient failures with exponential backoff: up to ten retries within about three minutes. */
final class Retry {

    private static final int MAX_RETRIES = 10;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    private Retry() {}

    /**
     * Runs an attempt until it succeeds, and returns its result. Blocks.
     *
     * @param isTransient which failures are retried; any other failure, and that of the last attempt, is thrown
     * @param onFailure takes each transient failure, that of the last attempt included
     */
    static <T> T withBackOff(Supplier<T> attempt, Predicate<Throwable> isTransient, Consumer<Throwable> onFailure) {
        return Uni.createFrom()
                .item(attempt)
                .onFailure(isTransient)
                .invoke(onFailure)
                .onFailure(isTransient)
                .retry()
                .withBackOff(FIRST_BACKOFF, MAX_BACKOFF)
                .atMost(MAX_RETRIES)
                .await()
                .indefinitely();
    }
}
