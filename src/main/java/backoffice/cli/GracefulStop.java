package backoffice.cli;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The graceful stop of a command: after Ctrl-C or SIGTERM, the command finishes its current batch and prints its
 * report, for which the application waits.
 */
@Singleton
class GracefulStop {

    private static final Logger LOG = Logger.getLogger(GracefulStop.class);
    private static final long MAX_SECONDS_TO_END = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean stopRequested;

    /** Runs a command. When the application is stopped meanwhile, it waits for the end of the command. */
    <T> T run(Callable<T> command) throws Exception {
        running = true;
        try {
            return command.call();
        } finally {
            ended.countDown();
        }
    }

    /**
     * Ends the command between two batches if a stop was requested.
     *
     * @throws SourceException when a stop was requested
     */
    void throwIfStopped() {
        if (stopRequested) {
            throw new SourceException("Stopped. Run the same command again to complete it.");
        }
    }

    /** Runs before the other observers of the shutdown, which may close what the command still uses. */
    void onShutdown(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event)
            throws InterruptedException {
        stopRequested = true;
        if (running && !ended.await(MAX_SECONDS_TO_END, TimeUnit.SECONDS)) {
            LOG.warnf("The command did not stop within %d s", MAX_SECONDS_TO_END);
        }
    }
}
