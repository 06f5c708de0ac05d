package backoffice.protection;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The least rate at which a client sends a large body or reads a large answer (docs/adr/0015). */
final class MinimumRate {

    private static final int BYTES_PER_SECOND = 64 << 10;
    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long CHECK_MILLIS = 500;

    private MinimumRate() {}

    /**
     * Closes the connection of a call once fewer bytes have moved than the least rate allows, and fails the transfer.
     * The first 2 s do not count.
     *
     * @param start the time of {@link System#nanoTime} when no byte had moved
     * @param bytes how many have moved. The client of a response has read no more than were written
     */
    static void require(RoutingContext call, long start, LongSupplier bytes, Promise<?> transfer) {
        long timer = call.vertx().setPeriodic(CHECK_MILLIS, elapsed -> {
            double seconds = (System.nanoTime() - start - GRACE_NANOS) / 1e9;
            if (bytes.getAsLong() < seconds * BYTES_PER_SECOND) {
                call.request().connection().close();
                transfer.tryFail(new UnavailableException(Problem.OVERLOADED));
            }
        });
        transfer.future().onComplete(over -> call.vertx().cancelTimer(timer));
    }
}
