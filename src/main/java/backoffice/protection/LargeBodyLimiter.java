package backoffice.protection;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;

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

    /** The least rate of a body that has a permit, after {@link #GRACE}. */
    static final int MIN_BYTES_PER_SECOND = 64 << 10;

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long CHECK_MILLIS = 500;
    private static final long HEAP_BYTES_FOR_PERMIT = 32L << 20;
    private static final String KEY = LargeBodyLimiter.class.getName();

    private final Vertx vertx;
    private final long largeBytes;
    private final Bulkhead permits;

    LargeBodyLimiter(Vertx vertx, ClientLimits limits) {
        this.vertx = vertx;
        this.largeBytes = limits.largeBody().asLongValue();
        long fitting = Math.max(2, Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_PERMIT);
        long capacity = Math.min(limits.largeBodyPermits(), fitting);
        this.permits = new Bulkhead(vertx, capacity, Math.max(1, capacity - 1), limits.queueTimeout(), Duration.ZERO);
    }

    /**
     * Acquires a permit for a large body. A call that ends releases its permit, if {@link #release} has
     * not done so before.
     *
     * @param length the length of the body in bytes
     * @return completes when the body may be read, at once for a small body; fails with 5001 after the queue timeout
     */
    public Uni<Void> acquire(RoutingContext call, long length) {
        return length > largeBytes
                ? permits.acquire(call, 1)
                        .invoke(permit -> call.put(KEY, permit))
                        .invoke(permit -> closeWhenSlow(call))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private void closeWhenSlow(RoutingContext call) {
        HttpServerRequest request = call.request();
        long start = System.nanoTime();
        long bytesBefore = request.bytesRead();
        vertx.setPeriodic(CHECK_MILLIS, timer -> {
            double seconds = (System.nanoTime() - start - GRACE.toNanos()) / 1e9;
            if (request.isEnded() || call.response().closed()) {
                vertx.cancelTimer(timer);
            } else if (request.bytesRead() - bytesBefore < seconds * MIN_BYTES_PER_SECOND) {
                vertx.cancelTimer(timer);
                request.connection().close();
            }
        });
    }

    /**
     * Reads the body of a call without {@code Content-Length}. It acquires a permit once the body
     * turns out to be large.
     *
     * @return the bytes of the body; fails with 1005 when there are more than {@link #MAX_BYTES}, and with 5001
     *     after the queue timeout
     */
    public Uni<byte[]> read(RoutingContext call) {
        HttpServerRequest request = call.request();
        if (request.isEnded()) {
            return Uni.createFrom().item(new byte[0]);
        }
        Buffer body = Buffer.buffer();
        return Uni.createFrom()
                .emitter(emitter -> request.handler(chunk -> {
                            boolean wasLarge = body.length() > largeBytes;
                            body.appendBuffer(chunk);
                            if (body.length() > MAX_BYTES) {
                                request.handler(rest -> {});
                                emitter.fail(new ApiException(Problem.BODY_TOO_LARGE, MAX_BYTES));
                            } else if (body.length() > largeBytes && !wasLarge) {
                                request.pause();
                                acquire(call, body.length())
                                        .subscribe()
                                        .with(permit -> request.resume(), emitter::fail);
                            }
                        })
                        .endHandler(end -> emitter.complete(body.getBytes()))
                        .resume());
    }

    /** Releases the permit of a call whose body has been read; a call without a permit is ignored. */
    public void release(RoutingContext call) {
        Bulkhead.Permit permit = call.get(KEY);
        if (permit != null) {
            permit.release();
        }
    }
}
