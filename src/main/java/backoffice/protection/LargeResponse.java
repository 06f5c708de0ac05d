package backoffice.protection;

import backoffice.bulkhead.Bulkhead;
import backoffice.observability.CallLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The body of a large response. It is collected outside of the heap, and then sent as fast as the client reads it. The
 * permit of the call shrinks meanwhile, and a client that is slower than {@link MinimumRate} loses its connection.
 */
final class LargeResponse extends OutputStream {

    private static final int CHUNK_BYTES = 32 << 10;

    private final RoutingContext call;
    private final HttpServerResponse response;
    private final Bulkhead.Permit permit;
    private final Promise<Void> sent = Promise.promise();
    private final Deque<ByteBuf> chunks = new ArrayDeque<>();
    private long unsentBytes;

    LargeResponse(RoutingContext call, Bulkhead.Permit permit) {
        this.call = call;
        this.response = call.response();
        this.permit = permit;
        sent.future().onComplete(over -> discard());
        CallLog.of(call).end().onComplete(end -> sent.tryComplete());
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int at = offset, end = offset + length; at < end && !sent.future().isComplete(); ) {
            if (chunks.isEmpty() || !chunks.getLast().isWritable()) {
                chunks.add(PooledByteBufAllocator.DEFAULT.directBuffer(CHUNK_BYTES, CHUNK_BYTES));
            }
            ByteBuf chunk = chunks.getLast();
            int part = Math.min(end - at, chunk.writableBytes());
            chunk.writeBytes(bytes, at, part);
            at += part;
            unsentBytes += part;
        }
    }

    /** Sends what was written. */
    void send() {
        permit.reduceTo(unsentBytes);
        if (!response.headWritten()) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(unsentBytes));
        }
        long start = System.nanoTime();
        long bytesBefore = response.bytesWritten();
        sendChunks();
        if (!sent.future().isComplete()) {
            MinimumRate.require(call, start, () -> response.bytesWritten() - bytesBefore, sent);
        }
    }

    private void sendChunks() {
        while (!chunks.isEmpty()) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> sendChunks());
                return;
            }
            Buffer next = next();
            if (chunks.isEmpty()) {
                response.end(next);
            } else {
                response.write(next);
            }
        }
    }

    private Buffer next() {
        ByteBuf chunk = chunks.remove();
        byte[] bytes = new byte[chunk.readableBytes()];
        chunk.readBytes(bytes).release();
        unsentBytes -= bytes.length;
        permit.reduceTo(unsentBytes);
        return Buffer.buffer(bytes);
    }

    private void discard() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
        permit.release();
    }
}
