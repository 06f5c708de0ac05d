package backoffice.protection;

import backoffice.bulkhead.Bulkhead;
import backoffice.observability.CallLog;
import backoffice.value.Call;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
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

    /** The permit of a call, in its context. */
    public static final String PERMIT = "backoffice.large-response-permit";

    private static final int HEAP_BYTES_FOR_BYTE = 4;
    private static final int CHUNK_BYTES = 32 << 10;

    private final long workMillis;
    private final Bulkhead budget;
    private final Duration queueTimeout;

    LargeResponseLimiter(
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.limits.queue-timeout") Duration queueTimeout,
            @ConfigProperty(name = "backoffice.database.statement-timeout") Duration workTime) {
        long capacity = Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_BYTE;
        this.workMillis = workTime.toMillis();
        Bulkhead.Limits limits = new Bulkhead.Limits(capacity, capacity / 2, Integer.MAX_VALUE);
        this.budget = new Bulkhead(vertx, meters, "memory for large responses", limits);
        this.queueTimeout = queueTimeout;
    }

    /**
     * Acquires memory for a response of up to so many bytes until its call ends. It completes when the response may be read,
     * and fails with 5001 after the queue timeout, and when the client disconnects.
     */
    public Uni<Void> acquire(RoutingContext call, long bytes) {
        Call caller = CallLog.of(call);
        Bulkhead.Permit permit = budget.request(
                caller.vendor(),
                bytes,
                Call.endOfWait(queueTimeout),
                caller.end().compose(end -> endOfWork(call)));
        call.put(PERMIT, permit);
        return permit.granted();
    }

    /** When the client disconnects before the answer, the work of the call goes on up to the statement timeout. */
    private Future<?> endOfWork(RoutingContext call) {
        Bulkhead.Permit permit = call.get(PERMIT);
        long millis = workMillis - CallLog.of(call).millis();
        return permit != null && permit.isGranted() && !call.response().headWritten() && millis > 0
                ? call.vertx().timer(millis)
                : Future.succeededFuture();
    }

    /**
     * Sends the JSON of a response whose call has acquired memory, as fast as the client reads it. Meanwhile, the JSON is
     * outside of the heap, and the permit shrinks.
     */
    public static void send(RoutingContext call, ObjectMapper json, Object response) throws IOException {
        Future<Void> end = CallLog.of(call).end();
        if (!end.isComplete()) {
            CompositeByteBuf unsent = PooledByteBufAllocator.DEFAULT.compositeDirectBuffer(Integer.MAX_VALUE);
            end.onComplete(ended -> unsent.release());
            json.writeValue((OutputStream) new ByteBufOutputStream(unsent), response);
            call.response().putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(unsent.readableBytes()));
            send(call, unsent);
        }
    }

    private static void send(RoutingContext call, CompositeByteBuf unsent) {
        HttpServerResponse response = call.response();
        while (unsent.refCnt() > 0 && unsent.isReadable() && !response.writeQueueFull()) {
            byte[] next = new byte[Math.min(CHUNK_BYTES, unsent.readableBytes())];
            unsent.readBytes(next).discardReadComponents();
            call.<Bulkhead.Permit>get(PERMIT).reduceTo(unsent.readableBytes());
            if (unsent.isReadable()) {
                response.write(Buffer.buffer(next));
            } else {
                response.end(Buffer.buffer(next));
            }
        }
        if (unsent.refCnt() > 0) {
            response.drainHandler(drained -> send(call, unsent));
        }
    }
}
