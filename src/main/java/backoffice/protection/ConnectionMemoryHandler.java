package backoffice.protection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Netty handler that counts the memory which a connection holds, for the {@link ConnectionBudget} of its event loop.
 *
 * <p>It is the first handler, which sees bytes. It adds a second one behind the HTTP codec, which sees where requests
 * and responses end.
 */
final class ConnectionMemoryHandler extends ChannelDuplexHandler {

    /** What a header takes in memory besides its bytes. Lines count as headers. */
    private static final int BYTES_FOR_LINE = 160;

    /** What a request takes in memory besides its head. */
    private static final int BYTES_FOR_REQUEST = 2 << 10;

    private static final int MAX_HEADERS = 256;
    private static final String TOO_MANY_HEADERS =
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n"
                    + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n";

    private ChannelHandlerContext connection;
    private ConnectionBudget budget;
    private ConnectionBudget evictedFrom;
    private long evictedBytes;
    private long requestBytes;
    private long responseBytes;
    private int unanswered;
    private int headLines;
    private boolean inBody;
    private boolean observesBoundaries;
    private boolean refused;

    @Override
    public void channelActive(ChannelHandlerContext connection) {
        this.connection = connection;
        budget = ConnectionBudget.of(connection.channel().eventLoop());
        budget.open(this);
        connection.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext connection) {
        if (evictedFrom != null) {
            evictedFrom.forgetEvicted(evictedBytes);
        }
        leaveBudget();
        connection.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object message) {
        observeBoundaries(connection.pipeline());
        if (message instanceof ByteBuf bytes && (!inBody || unanswered > 0)) {
            int lines = inBody ? 0 : lines(bytes);
            headLines += lines;
            addRequestBytes(bytes.readableBytes() + BYTES_FOR_LINE * lines);
        }
        passOn(connection, message);
        if (headLines > MAX_HEADERS && !inBody) {
            refuseManyHeaders();
        }
    }

    private void refuseManyHeaders() {
        if (budget != null) {
            connection.writeAndFlush(Unpooled.copiedBuffer(TOO_MANY_HEADERS, StandardCharsets.US_ASCII));
            budget.evict(this, "headers");
        }
    }

    /** Nothing is decoded any more once the connection is evicted. */
    private void passOn(ChannelHandlerContext connection, Object message) {
        if (budget == null) {
            ReferenceCountUtil.release(message);
        } else {
            connection.fireChannelRead(message);
        }
    }

    /** With TLS, the HTTP codec comes only after the handshake. */
    private void observeBoundaries(ChannelPipeline pipeline) {
        if (!observesBoundaries && pipeline.get(HttpRequestDecoder.class) != null) {
            pipeline.addBefore(pipeline.lastContext().name(), null, new RequestBoundaries());
            observesBoundaries = true;
        }
    }

    @Override
    public void flush(ChannelHandlerContext connection) {
        connection.flush();
        long delta = recountResponseBytes();
        if (delta != 0) {
            count(delta);
        }
    }

    private static int lines(ByteBuf bytes) {
        int lines = 0;
        int end = bytes.writerIndex();
        for (int i = bytes.readerIndex(); i < end; i++) {
            if (bytes.getByte(i) == '\n') {
                lines++;
            }
        }
        return lines;
    }

    private void addRequestBytes(long delta) {
        requestBytes += delta;
        count(delta);
    }

    private void count(long delta) {
        if (budget != null) {
            budget.count(this, delta);
        }
    }

    /** Counts again the bytes of answers that the client has not read, and returns how many more they are. */
    long recountResponseBytes() {
        ChannelOutboundBuffer unread = connection.channel().unsafe().outboundBuffer();
        long before = responseBytes;
        responseBytes = unread == null ? 0 : unread.totalPendingWriteBytes();
        return responseBytes - before;
    }

    /** The bytes in memory of requests without an answer, and of answers that the client has not read. */
    long heldBytes() {
        return requestBytes + responseBytes;
    }

    /**
     * Closes the connection, which no longer counts. The event loop tells the other handlers only after it has read from
     * all connections that have bytes, so the codec is removed at once with the head that it holds.
     */
    void evict() {
        evictedFrom = budget;
        evictedBytes = heldBytes();
        leaveBudget();
        if (observesBoundaries && !inBody) {
            connection.pipeline().remove(HttpRequestDecoder.class);
        }
        connection.close();
    }

    private void leaveBudget() {
        if (budget != null) {
            budget.close(this);
            budget = null;
        }
    }

    private final class RequestBoundaries extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext next, Object message) {
            if (message instanceof HttpRequest request) {
                inBody = true;
                unanswered++;
                // The lines can be those of a body, or of other requests.
                if (headLines > MAX_HEADERS && request.headers().entries().size() > MAX_HEADERS) {
                    refuseManyHeaders();
                }
                refused = request.decoderResult().isFailure();
                addRequestBytes(BYTES_FOR_REQUEST);
                if (budget != null) {
                    budget.startRequest(ConnectionMemoryHandler.this);
                }
            }
            if (message instanceof LastHttpContent) {
                inBody = false;
                headLines = 0;
            }
            passOn(next, message);
        }

        @Override
        public void write(ChannelHandlerContext next, Object message, ChannelPromise written) {
            if (refused && message instanceof HttpResponse response) {
                addSecurityHeaders(response);
            }
            if (message instanceof LastHttpContent && !isInterim(message)) {
                unanswered = Math.max(0, unanswered - 1);
                if (unanswered == 0 && budget != null) {
                    addRequestBytes(-requestBytes);
                    budget.becomeIdle(ConnectionMemoryHandler.this);
                }
            }
            next.write(message, written);
        }

        /** Vert.x itself answers a request that it cannot read (400, 414, 431), before any handler of the application. */
        private static void addSecurityHeaders(HttpResponse refusal) {
            refusal.headers()
                    .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                    .set("X-Content-Type-Options", "nosniff");
        }

        /** A response such as 100 precedes that to the request. */
        private static boolean isInterim(Object message) {
            return message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
    }
}
