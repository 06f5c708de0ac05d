package backoffice.protection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection of a client: the memory that it holds, and since when the service waits for its client.
 *
 * <p>It is the first Netty handler of the connection, which sees bytes. It adds a second one behind the HTTP codec, which
 * sees where requests and responses end. The {@link ConnectionBudget} of the event loop closes the connection.
 */
final class ClientConnection extends ChannelDuplexHandler {

    /** What a header takes in memory besides its bytes. Lines count as headers. */
    private static final int BYTES_FOR_LINE = 160;

    /** What a request takes in memory besides its head. */
    private static final int BYTES_FOR_REQUEST = 2 << 10;

    private static final int MAX_HEADERS = 256;
    private static final String TOO_MANY_HEADERS =
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n"
                    + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n";

    private static final ClosedChannelException CLOSED = new ClosedChannelException();

    private final long requestTimeoutNanos;
    private final long responseTimeoutNanos;
    private ChannelHandlerContext connection;
    private ConnectionBudget budget;
    private String vendor;
    private boolean awaitsResponse = true;
    private boolean isUnread;
    private long requestStart = System.nanoTime();
    private long unreadSince;
    private long requestBytes;
    private long responseBytes;
    private final Queue<HttpRequest> unanswered = new ArrayDeque<>();
    private int headLines;
    private boolean inBody;
    private boolean observesBoundaries;

    /** The timeouts are those of {@link #isTooSlow}. */
    ClientConnection(Duration requestTimeout, Duration responseTimeout) {
        this.requestTimeoutNanos = requestTimeout.toNanos();
        this.responseTimeoutNanos = responseTimeout.toNanos();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection = context;
        budget = ConnectionBudget.of(context.channel().eventLoop());
        budget.open(this);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leaveBudget();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!awaitsResponse) {
            awaitsResponse = true;
            requestStart = System.nanoTime();
        }
        observeBoundaries();
        if (message instanceof ByteBuf bytes && (!inBody || !unanswered.isEmpty())) {
            int lines = inBody ? 0 : lines(bytes);
            headLines += lines;
            addRequestBytes(bytes.readableBytes() + BYTES_FOR_LINE * lines);
        }
        passOn(context, message);
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

    /** The vendor of the last call; null before the first one. */
    String vendor() {
        return vendor;
    }

    void setVendor(String vendor) {
        this.vendor = vendor;
    }

    /** With TLS, the HTTP codec comes only after the handshake. */
    private void observeBoundaries() {
        if (!observesBoundaries && connection.pipeline().get(HttpRequestDecoder.class) != null) {
            connection.pipeline().addBefore(connection.pipeline().lastContext().name(), null, new RequestBoundaries());
            observesBoundaries = true;
        }
    }

    /** Nothing is decoded any more once the connection is evicted. */
    private void passOn(ChannelHandlerContext context, Object message) {
        if (budget == null) {
            ReferenceCountUtil.release(message);
        } else {
            ConnectionBudget ofLoop = budget;
            ofLoop.handle(this);
            context.fireChannelRead(message);
            ofLoop.handle(null);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise written) {
        awaitsResponse = false;
        context.write(bytes, written);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        isUnread = !context.channel().isWritable();
        unreadSince = System.nanoTime();
        context.fireChannelWritabilityChanged();
    }

    /**
     * Whether a client is too slow, even one that is never silent. The request timeout runs from the first byte of a
     * request to the first byte of its response, and the response timeout while the client does not empty the send buffer.
     */
    boolean isTooSlow(long now) {
        return awaitsResponse && now - requestStart > requestTimeoutNanos
                || isUnread && now - unreadSince > responseTimeoutNanos;
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        long delta = recountResponseBytes();
        if (delta != 0 && budget != null) {
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

    private static int lines(ByteBuf bytes) {
        int lines = 0;
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            lines += bytes.getByte(i) == '\n' ? 1 : 0;
        }
        return lines;
    }

    private void addRequestBytes(long delta) {
        requestBytes += delta;
        if (budget != null) {
            budget.count(this, delta);
        }
    }

    /** The bytes in memory of requests without an answer, and of answers that the client has not read. */
    long heldBytes() {
        return requestBytes + responseBytes;
    }

    /**
     * Closes the connection, which no longer counts. The event loop tells the other handlers only after it has read from
     * all connections that have bytes, so the codec is removed at once with the head that it holds.
     */
    void close() {
        leaveBudget();
        if (observesBoundaries && !inBody) {
            connection.pipeline().remove(HttpRequestDecoder.class);
        }
        connection.close();
    }

    /**
     * Vert.x would still handle the requests that wait for the answer to an earlier one, one after the other, and hold them
     * in memory meanwhile. It drops requests that cannot be decoded.
     */
    private void leaveBudget() {
        if (budget != null) {
            budget.close(this);
            budget = null;
            unanswered.forEach(request -> request.setDecoderResult(DecoderResult.failure(CLOSED)));
            unanswered.clear();
        }
    }

    private final class RequestBoundaries extends ChannelDuplexHandler {

        private boolean refused;

        @Override
        public void channelRead(ChannelHandlerContext next, Object message) {
            if (message instanceof HttpRequest request) {
                startRequest(request);
            }
            if (message instanceof LastHttpContent) {
                inBody = false;
                headLines = 0;
            }
            passOn(next, message);
        }

        private void startRequest(HttpRequest request) {
            inBody = true;
            unanswered.add(request);
            refused = request.decoderResult().isFailure();
            addRequestBytes(BYTES_FOR_REQUEST);
            // The lines can be those of a body, or of other requests.
            if (headLines > MAX_HEADERS && request.headers().entries().size() > MAX_HEADERS) {
                refuseManyHeaders();
            }
            if (budget != null) {
                budget.startRequest(ClientConnection.this);
            }
        }

        @Override
        public void write(ChannelHandlerContext next, Object message, ChannelPromise written) {
            if (refused && message instanceof HttpResponse refusal) {
                // Vert.x itself answers a request that it cannot read, before any handler of the application.
                refusal.headers()
                        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                        .set("X-Content-Type-Options", "nosniff");
            }
            if (message instanceof LastHttpContent && !isInterim(message)) {
                unanswered.poll();
                if (unanswered.isEmpty() && budget != null) {
                    addRequestBytes(-requestBytes);
                    budget.becomeIdle(ClientConnection.this);
                }
            }
            next.write(message, written);
        }

        /** A response such as 100 precedes that to the request. */
        private static boolean isInterim(Object message) {
            return message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
    }
}
