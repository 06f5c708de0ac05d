package backoffice.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

/**
 * The body of one large response, in chunks outside of the heap. It gives a chunk to the connection when the client has
 * read those before, so a slow client delays nothing else.
 */
final class LargeResponse {

    private static final int CHUNK_BYTES = 32 << 10;

    private final HttpServerResponse response;
    private final Queue<ByteBuf> chunks = new ArrayDeque<>();
    private ByteBuf last;
    private long length;

    /** The chunks are released when the call ends, also when the client disconnects. */
    LargeResponse(RoutingContext call) {
        response = call.response();
        call.addEndHandler(end -> releaseChunks());
    }

    /** A stream that writes the body. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                Objects.checkFromIndexSize(offset, count, bytes.length);
                for (int written = 0; written < count; ) {
                    ByteBuf chunk = chunkWithRoom();
                    int part = Math.min(chunk.writableBytes(), count - written);
                    chunk.writeBytes(bytes, offset + written, part);
                    written += part;
                }
                length += count;
            }
        };
    }

    private ByteBuf chunkWithRoom() {
        if (last == null || !last.isWritable()) {
            last = PooledByteBufAllocator.DEFAULT.directBuffer(CHUNK_BYTES, CHUNK_BYTES);
            chunks.add(last);
        }
        return last;
    }

    /** The bytes of the body so far. */
    long length() {
        return length;
    }

    /** Sends the body, and ends the response. */
    void send() {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length));
        sendChunks();
    }

    private void sendChunks() {
        if (response.closed()) {
            releaseChunks();
        }
        while (!chunks.isEmpty()) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> sendChunks());
                return;
            }
            Buffer bytes = nextChunk();
            if (chunks.isEmpty()) {
                response.end(bytes);
            } else {
                response.write(bytes);
            }
        }
    }

    private Buffer nextChunk() {
        ByteBuf chunk = chunks.remove();
        byte[] bytes = new byte[chunk.readableBytes()];
        chunk.readBytes(bytes).release();
        return Buffer.buffer(bytes);
    }

    private void releaseChunks() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
    }
}
