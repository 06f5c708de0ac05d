package backoffice.protection;

import backoffice.bulkhead.Bulkhead;
import backoffice.observability.CallLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bulkhead of large responses: it bounds the bytes of all responses that are in memory, from before they are read from
 * the database until their clients have read them (docs/adr/0033). The budget is a quarter of the heap, and a vendor has
 * up to three quarters of the budget.
 *
 * <p>A call acquires what its response can take at most, and gives back the rest once the response is known. A call that
 * has to wait fails with 5001 after the queue timeout. Small responses never wait.
 */
@Singleton
public class LargeResponseLimiter {

    private static final int LARGE_BYTES = 64 << 10;
    private static final int HEAP_BYTES_FOR_BYTE = 4;
    private static final String KEY = LargeResponseLimiter.class.getName();

    private final Vertx vertx;
    private final long workMillis;
    private final Bulkhead budget;

    LargeResponseLimiter(
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.limits.queue-timeout") Duration queueTimeout,
            @ConfigProperty(name = "backoffice.database.statement-timeout") Duration workTime) {
        long capacity = Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_BYTE;
        this.vertx = vertx;
        this.workMillis = workTime.toMillis();
        Bulkhead.Limits limits = new Bulkhead.Limits(capacity, capacity / 4 * 3, Integer.MAX_VALUE, queueTimeout);
        this.budget = new Bulkhead(vertx, meters, "memory for large responses", limits);
    }

    /** Whether a response of this size needs a permit. */
    public static boolean isLarge(long bytes) {
        return bytes > LARGE_BYTES;
    }

    /**
     * Acquires memory for a response of up to so many bytes until its call ends. It completes when the response may be
     * read, at once for a small one, and fails with 5001 after the queue timeout.
     */
    public Uni<Void> acquire(RoutingContext call, long bytes) {
        if (!isLarge(bytes)) {
            return Uni.createFrom().voidItem();
        }
        Bulkhead.Permit permit = budget.request(CallLog.of(call).call().vendor(), bytes);
        call.put(KEY, permit);
        call.addEndHandler(end -> releaseAfterWork(call, permit));
        return permit.granted();
    }

    /** When the client disconnects before the answer, the work of the call goes on up to the statement timeout. */
    private void releaseAfterWork(RoutingContext call, Bulkhead.Permit permit) {
        long millis = workMillis - CallLog.of(call).millis();
        if (permit.isGranted() && !call.response().headWritten() && millis > 0) {
            vertx.setTimer(millis, ended -> permit.release());
        } else {
            permit.release();
        }
    }

    /** Gives back what a response of this size does not need. */
    public static void reduceTo(RoutingContext call, long bytes) {
        Bulkhead.Permit permit = call.get(KEY);
        if (permit != null) {
            permit.reduceTo(bytes);
        }
    }
}
