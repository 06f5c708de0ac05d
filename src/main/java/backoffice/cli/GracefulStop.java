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

/** Lets a command that somebody stops finish the batch that it is at, and tell how far it has come. */
@Singleton
class GracefulStop {

    private static final Logger LOG = Logger.getLogger(GracefulStop.class);
    private static final long SECONDS_TO_END = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;
    private volatile boolean asked;

    /** Runs a command, whose end the application waits for when it is stopped. */
    <T> T during(Callable<T> command) throws Exception {
        running = true;
        try {
            return command.call();
        } finally {
            ended.countDown();
        }
    }

    /** @throws SourceException when the command has been stopped */
    void check() {
        if (asked) {
            throw new SourceException("Stopped. Give the command again to go on.");
        }
    }

    void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event)
            throws InterruptedException {
        asked = true;
        if (running && !ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
            LOG.warnf("The command does not stop within %d s", SECONDS_TO_END);
        }
    }
}
