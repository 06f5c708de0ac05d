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
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One connection of a client: the memory that it holds, and since when the service waits for its client.
 *
 * <p>It is the Netty handler that sees the bytes of HTTP, decrypted if there is TLS. It adds a second one behind the HTTP
 * codec, which sees where requests and responses end. The {@link ConnectionBudget} of the event loop closes the connection.
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

    private final Queue<HttpRequest> unanswered = new ArrayDeque<>();
    private ChannelHandlerContext connection;
    private ConnectionBudget budget;
    private boolean isClosed;
    private String vendor;
    private boolean isUnserved = true;
    private boolean awaitsResponse = true;
    private long requestStart = System.nanoTime();
    private long unreadSince = requestStart;
    private long requestBytes;
    private long heldBytes;
    private int headLines;
    private boolean inBody;
    private boolean observesBoundaries;

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
        if (!isClosed) {
            connection.writeAndFlush(Unpooled.copiedBuffer(TOO_MANY_HEADERS, StandardCharsets.US_ASCII));
            budget.evict(this, "headers");
        }
    }

    /** Whether the last call was of this vendor. */
    boolean isOf(String name) {
        return name.equals(vendor);
    }

    void setVendor(String name) {
        vendor = name;
    }

    /** Whether no request has come yet. */
    boolean isUnserved() {
        return isUnserved;
    }

    /** Whether all requests are answered, and there was one. */
    boolean isIdle() {
        return !isUnserved && unanswered.isEmpty();
    }

    /** With TLS, the HTTP codec comes only after the handshake. */
    private void observeBoundaries() {
        if (!observesBoundaries && connection.pipeline().get(HttpRequestDecoder.class) != null) {
            connection.pipeline().addBefore(connection.pipeline().lastContext().name(), null, new RequestBoundaries());
            observesBoundaries = true;
        }
    }

    /** Nothing is decoded any more once the connection is closed. */
    private void passOn(ChannelHandlerContext context, Object message) {
        if (isClosed) {
            ReferenceCountUtil.release(message);
        } else {
            budget.handle(this);
            context.fireChannelRead(message);
            budget.handle(null);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise written) {
        awaitsResponse = false;
        context.write(bytes, written);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        unreadSince = System.nanoTime();
        context.fireChannelWritabilityChanged();
    }

    /**
     * Whether the client is too slow, even one that is never silent: its request began before one time and has no response
     * yet, or the client has not emptied the send buffer since before the other time.
     */
    boolean isTooSlow(long requestBefore, long unreadBefore) {
        return awaitsResponse && requestStart - requestBefore < 0
                || !connection.channel().isWritable() && unreadSince - unreadBefore < 0;
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (!isClosed) {
            budget.count(this);
        }
    }

    /** Counts again the bytes of requests without an answer and of answers that are not read; returns how many more they are. */
    long recount() {
        ChannelOutboundBuffer unread = connection.channel().unsafe().outboundBuffer();
        long before = heldBytes;
        heldBytes = requestBytes + (unread == null ? 0 : unread.totalPendingWriteBytes());
        return heldBytes - before;
    }

    /** The bytes in memory when they were last counted. */
    long heldBytes() {
        return heldBytes;
    }

    private static int lines(ByteBuf bytes) {
        int lines = 0;
        for (int at = lineEnd(bytes, bytes.readerIndex()); at >= 0; at = lineEnd(bytes, at + 1)) {
            lines++;
        }
        return lines;
    }

    private static int lineEnd(ByteBuf bytes, int from) {
        return bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
    }

    private void addRequestBytes(long delta) {
        requestBytes += delta;
        if (!isClosed) {
            budget.count(this);
        }
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
        // A client that reads nothing could delay the orderly end of TLS.
        connection.channel().unsafe().close(connection.voidPromise());
    }

    /**
     * Vert.x would still handle the requests that wait for the answer to an earlier one, one after the other, and hold them
     * in memory meanwhile. It drops requests that cannot be decoded.
     */
    private void leaveBudget() {
        if (!isClosed) {
            isClosed = true;
            budget.close(this);
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
            isUnserved = false;
            unanswered.add(request);
            refused = request.decoderResult().isFailure();
            addRequestBytes(BYTES_FOR_REQUEST);
            // The lines can be those of a body, or of other requests.
            if (headLines > MAX_HEADERS && request.headers().entries().size() > MAX_HEADERS) {
                refuseManyHeaders();
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
                if (unanswered.isEmpty() && !isClosed) {
                    requestBytes = 0;
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
