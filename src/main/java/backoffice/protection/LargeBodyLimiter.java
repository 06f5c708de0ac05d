package backoffice.protection;

import backoffice.bulkhead.Bulkhead;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.observability.CallLog;
import backoffice.value.Call;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bulkhead of large bodies: few of them are read at the same time, because a body takes many times its size in memory
 * while it is read (docs/adr/0015).
 *
 * <p>A call with a large body waits for a permit up to the queue timeout, and then fails with 5001. The calls of one
 * vendor leave a permit to the other vendors. A slow sender loses its connection ({@link ConnectionLimiter}), and so frees its
 * permit. Small bodies never wait. A body without {@code Content-Length} counts as small until more bytes of it have come.
 */
@Singleton
public class LargeBodyLimiter {

    /** The largest accepted body in bytes; {@code quarkus.rest.input-buffer-size} has the same value. */
    public static final int MAX_BYTES = 1 << 20;

    /** A body with more bytes is large. So is an answer. */
    public static final int LARGE_BYTES = 64 << 10;

    private static final long HEAP_BYTES_FOR_PERMIT = 32L << 20;

    private final Bulkhead permits;
    private final Duration queueTimeout;

    LargeBodyLimiter(
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.limits.large-body-permits") int maxPermits,
            @ConfigProperty(name = "backoffice.limits.queue-timeout") Duration queueTimeout) {
        long fitting = Math.max(2, Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_PERMIT);
        long capacity = Math.min(maxPermits, fitting);
        long share = Math.max(1, capacity - 1);
        Bulkhead.Limits limits = new Bulkhead.Limits(capacity, share, Integer.MAX_VALUE);
        this.permits = new Bulkhead(vertx, meters, "large bodies", limits);
        this.queueTimeout = queueTimeout;
    }

    /**
     * Reads the body of a call, with a permit once the body is large, until the stream is closed or the call ends. Records
     * the bytes in the call. Fails with 1005 when there are more than {@link #MAX_BYTES}, with 5001 after the queue timeout,
     * and when the client disconnects.
     */
    public Uni<ByteArrayInputStream> read(RoutingContext call, long length) {
        LargeBody body = new LargeBody(call);
        return length > LARGE_BYTES ? body.acquirePermit().chain(body::read) : body.read();
    }

    private final class LargeBody {

        private final RoutingContext call;
        private final Call caller;
        private final HttpServerRequest request;
        private final Promise<ByteArrayInputStream> body = Promise.promise();
        private Buffer bytes = Buffer.buffer();
        private Bulkhead.Permit permit;

        LargeBody(RoutingContext call) {
            this.call = call;
            this.caller = CallLog.of(call);
            this.request = call.request();
        }

        Uni<Void> acquirePermit() {
            caller.stopAwaitingBody();
            permit = permits.request(caller.vendor(), 1, Call.endOfWait(queueTimeout), caller.end());
            return permit.granted();
        }

        Uni<ByteArrayInputStream> read() {
            if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                call.response().writeContinue();
            }
            caller.end().onComplete(end -> body.tryFail(new UnavailableException(Problem.OVERLOADED)));
            if (request.isEnded()) {
                complete();
            } else {
                request.handler(this::append).endHandler(end -> complete());
                resume();
            }
            return UniHelper.toUni(body.future());
        }

        private void resume() {
            caller.awaitBody();
            request.resume();
        }

        private void append(Buffer chunk) {
            bytes.appendBuffer(chunk);
            if (bytes.length() > MAX_BYTES) {
                request.handler(rest -> {});
                body.tryFail(new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES));
            } else if (bytes.length() > LARGE_BYTES && permit == null) {
                request.pause();
                acquirePermit().subscribe().with(granted -> resume(), body::tryFail);
            }
        }

        private void complete() {
            byte[] read = bytes.getBytes();
            caller.recordBody(read);
            // The handlers of the request refer to this object until the call ends.
            bytes = Buffer.buffer();
            body.tryComplete(new ByteArrayInputStream(read) {
                @Override
                public void close() {
                    if (permit != null) {
                        permit.release();
                    }
                }
            });
        }
    }
}
