package backoffice.http;

import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.OutputStream;

/**
 * The body of one large response, which waits outside of the heap (docs/adr/0033). It gives a chunk to the connection
 * when the client has read those before, so a slow client delays nothing else.
 */
final class LargeResponse {

    private static final int CHUNK_BYTES = 32 << 10;

    /** A composite buffer grows without a copy, and frees the part that is sent. */
    private final CompositeByteBuf body = PooledByteBufAllocator.DEFAULT.compositeDirectBuffer(Integer.MAX_VALUE);

    private final HttpServerResponse response;

    /** The body is released when the call ends, also when the client disconnects. */
    LargeResponse(RoutingContext call) {
        response = call.response();
        call.addEndHandler(end -> body.release());
    }

    /** A stream that writes the body. */
    OutputStream stream() {
        return new ByteBufOutputStream(body);
    }

    /** The bytes of the body. */
    long length() {
        return body.readableBytes();
    }

    /** Sends the body, and ends the response. */
    void send() {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length()));
        sendChunks();
    }

    private void sendChunks() {
        while (!response.closed() && !response.ended()) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> sendChunks());
                return;
            }
            byte[] bytes = new byte[Math.min(CHUNK_BYTES, body.readableBytes())];
            body.readBytes(bytes).discardReadComponents();
            if (body.isReadable()) {
                response.write(Buffer.buffer(bytes));
            } else {
                response.end(Buffer.buffer(bytes));
            }
        }
    }
}
