package backoffice.cli;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is tried again when it fails in passing: ten times within some three minutes. */
final class Retry {

    private static final int MOST_REPETITIONS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private Retry() {}

    /**
     * @param attempt may block
     * @param passing which failures are tried again; the others, and the last one, come through
     * @param notice hears of each failure that is tried again
     */
    static <T> T of(Supplier<T> attempt, Predicate<Throwable> passing, Consumer<Throwable> notice) {
        return Uni.createFrom()
                .item(attempt)
                .onFailure(passing)
                .invoke(notice)
                .onFailure(passing)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(MOST_REPETITIONS)
                .await()
                .indefinitely();
    }
}
