package backoffice.http;

import backoffice.bulkhead.Bulkhead.Permit;
import backoffice.bulkhead.MemoryBudget;
import backoffice.observability.CallLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** An answer that is sent as fast as its client reads it. Meanwhile, its permit shrinks. */
final class LargeAnswer {

    private static final int CHUNK_BYTES = 32 << 10;

    private final RoutingContext call;
    private final HttpServerResponse response;
    private final Permit permit;

    LargeAnswer(RoutingContext call, Permit permit) {
        this.call = call;
        this.response = call.response();
        this.permit = permit;
    }

    /** Sends JSON, and releases it when the call ends. */
    void send(ByteBuf json) {
        CallLog.of(call).end().onComplete(end -> json.release());
        if (json.refCnt() > 0) {
            MemoryBudget.count(permit, json.readableBytes());
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(json.readableBytes()));
            sendNext(json);
        }
    }

    private void sendNext(ByteBuf unsent) {
        while (unsent.refCnt() > 0 && unsent.isReadable() && !response.writeQueueFull()) {
            byte[] next = new byte[Math.min(CHUNK_BYTES, unsent.readableBytes())];
            unsent.readBytes(next);
            if (unsent instanceof CompositeByteBuf parts) {
                parts.discardReadComponents();
            }
            MemoryBudget.count(permit, unsent.readableBytes());
            if (unsent.isReadable()) {
                response.write(Buffer.buffer(next));
            } else {
                response.end(Buffer.buffer(next));
            }
        }
        if (unsent.refCnt() > 0) {
            response.drainHandler(drained -> sendNext(unsent));
        }
    }
}
