package backoffice.protection;

import backoffice.bulkhead.Bulkhead;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.observability.CallLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
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
 * vendor leave a permit to the other vendors. A sender that is slower than {@link #MIN_BYTES_PER_SECOND} loses its
 * connection, and so frees its permit. Small bodies never wait. A body without {@code Content-Length} counts as small
 * until more bytes of it have come.
 */
@Singleton
public class LargeBodyLimiter {

    /** The largest accepted body in bytes; {@code quarkus.rest.input-buffer-size} has the same value. */
    public static final int MAX_BYTES = 1 << 20;

    /** The least rate of a body that has a permit, after {@link #GRACE_NANOS}. */
    private static final int MIN_BYTES_PER_SECOND = 64 << 10;

    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long CHECK_MILLIS = 500;
    private static final long HEAP_BYTES_FOR_PERMIT = 32L << 20;

    private final Vertx vertx;
    private final long largeBytes;
    private final Bulkhead permits;

    LargeBodyLimiter(
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "backoffice.limits.large-body") MemorySize largeBody,
            @ConfigProperty(name = "backoffice.limits.large-body-permits") int maxPermits,
            @ConfigProperty(name = "backoffice.limits.queue-timeout") Duration queueTimeout) {
        this.vertx = vertx;
        this.largeBytes = largeBody.asLongValue();
        long fitting = Math.max(2, Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_PERMIT);
        long capacity = Math.min(maxPermits, fitting);
        long share = Math.max(1, capacity - 1);
        Bulkhead.Limits limits = new Bulkhead.Limits(capacity, share, Integer.MAX_VALUE, queueTimeout);
        this.permits = new Bulkhead(vertx, meters, "large bodies", limits);
    }

    /** Whether {@link #read} has to read a body of this {@code Content-Length}, which is 0 without one. */
    public boolean mayBeLarge(RoutingContext call, long length) {
        return length > largeBytes || call.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /**
     * Reads the body of a call, with a permit once the body is large, until the stream is closed or the call ends. It fails
     * with 1005 when there are more than {@link #MAX_BYTES}, and with 5001 after the queue timeout.
     */
    public Uni<ByteArrayInputStream> read(RoutingContext call, long length) {
        LargeBody body = new LargeBody(call);
        return length > largeBytes ? body.acquirePermit().chain(body::read) : body.read();
    }

    private final class LargeBody {

        private final RoutingContext call;
        private final HttpServerRequest request;
        private Buffer bytes = Buffer.buffer();
        private Bulkhead.Permit permit;

        LargeBody(RoutingContext call) {
            this.call = call;
            this.request = call.request();
        }

        Uni<Void> acquirePermit() {
            Bulkhead.Permit requested = permits.request(CallLog.of(call).call().vendor(), 1);
            permit = requested;
            call.addEndHandler(end -> requested.release());
            return requested.granted().invoke(this::closeWhenSlow);
        }

        Uni<ByteArrayInputStream> read() {
            if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                call.response().writeContinue();
            }
            return Uni.createFrom().emitter(result -> {
                if (request.isEnded()) {
                    result.complete(stream());
                    return;
                }
                request.handler(chunk -> {
                            bytes.appendBuffer(chunk);
                            if (bytes.length() > MAX_BYTES) {
                                request.handler(rest -> {});
                                result.fail(new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES));
                            } else if (bytes.length() > largeBytes && permit == null) {
                                request.pause();
                                acquirePermit().subscribe().with(granted -> request.resume(), result::fail);
                            }
                        })
                        .endHandler(end -> result.complete(stream()))
                        .resume();
            });
        }

        private ByteArrayInputStream stream() {
            byte[] body = bytes.getBytes();
            // The handlers of the request refer to this object until the call ends.
            bytes = Buffer.buffer();
            return new ByteArrayInputStream(body) {
                @Override
                public void close() {
                    if (permit != null) {
                        permit.release();
                    }
                }
            };
        }

        private void closeWhenSlow() {
            long end = System.nanoTime() + GRACE_NANOS;
            long bytesBefore = request.bytesRead();
            vertx.setPeriodic(CHECK_MILLIS, timer -> {
                double seconds = (System.nanoTime() - end) / 1e9;
                if (request.isEnded() || call.response().closed()) {
                    vertx.cancelTimer(timer);
                } else if (request.bytesRead() - bytesBefore < seconds * MIN_BYTES_PER_SECOND) {
                    vertx.cancelTimer(timer);
                    request.connection().close();
                }
            });
        }
    }
}
