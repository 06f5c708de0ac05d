package backoffice.http;

import backoffice.bulkhead.Bulkhead.Permit;
import backoffice.bulkhead.MemoryBudget;
import io.netty.buffer.CompositeByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** An answer that is sent as fast as its client reads it. Meanwhile it is outside of the heap, and its permit shrinks. */
final class LargeAnswer {

    private static final int CHUNK_BYTES = 32 << 10;

    private final HttpServerResponse response;
    private final CompositeByteBuf unsent;
    private final Permit permit;

    /** @param unsent the JSON, which is released when the call ends */
    LargeAnswer(HttpServerResponse response, CompositeByteBuf unsent, Permit permit) {
        this.response = response;
        this.unsent = unsent;
        this.permit = permit;
    }

    void send() {
        MemoryBudget.count(permit, unsent.readableBytes());
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(unsent.readableBytes()));
        sendNext();
    }

    private void sendNext() {
        while (unsent.refCnt() > 0 && unsent.isReadable() && !response.writeQueueFull()) {
            byte[] next = new byte[Math.min(CHUNK_BYTES, unsent.readableBytes())];
            unsent.readBytes(next).discardReadComponents();
            MemoryBudget.count(permit, unsent.readableBytes());
            if (unsent.isReadable()) {
                response.write(Buffer.buffer(next));
            } else {
                response.end(Buffer.buffer(next));
            }
        }
        if (unsent.refCnt() > 0) {
            response.drainHandler(drained -> sendNext());
        }
    }
}
