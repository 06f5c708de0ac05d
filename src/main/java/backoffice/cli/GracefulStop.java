package backoffice.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** After Ctrl-C or SIGTERM, a command finishes its current batch and prints its report, and the process waits for it. */
final class GracefulStop {

    private static final CountDownLatch REQUESTED = new CountDownLatch(1);
    private static final CountDownLatch ENDED = new CountDownLatch(1);

    private GracefulStop() {}

    /** From now on, the process waits for {@link #end} before it ends, up to 10 s. */
    static void begin() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            REQUESTED.countDown();
            await(ENDED, TimeUnit.SECONDS.toMillis(10));
        }));
    }

    static void end() {
        ENDED.countDown();
    }

    /** @throws CommandException when a stop was or is requested */
    static void sleep(long millis) {
        if (await(REQUESTED, millis)) {
            throw new CommandException("Stopped. Run the same command again to complete it.");
        }
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted.");
        }
    }
}
