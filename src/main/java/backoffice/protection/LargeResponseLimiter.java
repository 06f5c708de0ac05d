package backoffice.protection;

import backoffice.bulkhead.Bulkhead;
import backoffice.bulkhead.Limits;
import backoffice.observability.CallLog;
import backoffice.value.Call;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bulkhead of large responses: it bounds the bytes of all responses that are in memory, from before they are read from
 * the database until their clients have read them (docs/adr/0033). The budget is a quarter of the heap, and a vendor has
 * half of the budget, so the largest response of another vendor fits beside whatever it does.
 *
 * <p>A call acquires what its response can take at most, and gives back what the response does not take, and what is
 * sent of it. A call that has to wait fails with 5001 after the queue timeout. Small responses never wait.
 */
@Singleton
public class LargeResponseLimiter {

    private static final int LARGE_BYTES = 64 << 10;
    private static final int HEAP_BYTES_FOR_BYTE = 4;
    private static final String KEY = LargeResponseLimiter.class.getName();

    private final long workMillis;
    private final Bulkhead budget;

    LargeResponseLimiter(
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.limits.queue-timeout") Duration queueTimeout,
            @ConfigProperty(name = "backoffice.database.statement-timeout") Duration workTime) {
        long capacity = Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_BYTE;
        this.workMillis = workTime.toMillis();
        Limits limits = new Limits(capacity, capacity / 2, Integer.MAX_VALUE, queueTimeout);
        this.budget = new Bulkhead(vertx, meters, "memory for large responses", limits);
    }

    /** Whether a response of this size needs a permit. */
    public static boolean isLarge(long bytes) {
        return bytes > LARGE_BYTES;
    }

    /**
     * Acquires memory for a response of up to so many bytes until its call ends. It completes when the response may be
     * read, at once for a small one, and fails with 5001 after the queue timeout, and when the client disconnects.
     */
    public Uni<Void> acquire(RoutingContext call, long bytes) {
        if (!isLarge(bytes)) {
            return Uni.createFrom().voidItem();
        }
        Call caller = CallLog.of(call);
        Bulkhead.Permit permit =
                budget.request(caller.vendor(), bytes, caller.end().compose(end -> endOfWork(call)));
        call.put(KEY, permit);
        return permit.granted();
    }

    /** When the client disconnects before the answer, the work of the call goes on up to the statement timeout. */
    private Future<?> endOfWork(RoutingContext call) {
        Bulkhead.Permit permit = permit(call);
        long millis = workMillis - CallLog.of(call).millis();
        return permit != null && permit.isGranted() && !call.response().headWritten() && millis > 0
                ? call.vertx().timer(millis)
                : Future.succeededFuture();
    }

    private static Bulkhead.Permit permit(RoutingContext call) {
        return call.get(KEY);
    }

    /**
     * Sends the JSON of a response: a small one as a whole, and one whose call has acquired memory as fast as the client
     * reads it.
     */
    public static void send(RoutingContext call, ObjectMapper json, Object response) {
        Bulkhead.Permit permit = permit(call);
        try {
            if (permit == null) {
                call.response().end(Buffer.buffer(json.writeValueAsBytes(response)));
            } else {
                LargeResponse body = new LargeResponse(call, permit);
                json.writeValue((OutputStream) body, response);
                body.send();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
