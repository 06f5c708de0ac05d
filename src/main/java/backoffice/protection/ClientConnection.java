package backoffice.protection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The connection of a client, as the Netty handler in front of the HTTP codec. The codec gets the bytes of the next request
 * when the last one is answered and the client reads its answers, so one request is in memory at a time (docs/adr/0033).
 */
public final class ClientConnection extends ChannelDuplexHandler {

    private static final int MAX_HEADERS = 256;
    private static final String TOO_MANY_HEADERS =
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n"
                    + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n";
    private static final long NANOS_FOR_BYTE = TimeUnit.SECONDS.toNanos(1) / (64 << 10);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final FastThreadLocal<ClientConnection> CURRENT = new FastThreadLocal<>();

    private ChannelHandlerContext context;
    private ConnectionBudget budget;
    private ByteBuf waiting;
    private int lines;
    private boolean closed;
    private boolean observed;
    private boolean progressed;
    private boolean readingStopped;
    private boolean requestBegun = true;
    private boolean requestEnded = true;
    private boolean requestRefused;
    private boolean responseEnded = true;
    private long passedBytes;
    private long movedBytes;
    private long onTime = System.nanoTime();
    private boolean slow;

    /** Returns what to run when the call that this event loop handles now turns out to have a valid bitkey. */
    public static Runnable authentication() {
        ClientConnection connection = CURRENT.get();
        // There is none in dev mode and in tests within Maven.
        return connection == null ? () -> {} : () -> connection.budget.authenticate(connection);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        budget = ConnectionBudget.of(context.channel().eventLoop());
        budget.open(this, context.channel().localAddress());
        context.fireChannelActive();
        if (context.pipeline().get("ssl") == null) {
            // Vert.x would look for HTTP/2 on the management port. HTTP/1.1 ignores an empty line before a request.
            context.fireChannelRead(Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        leave();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext reader, Object message) {
        if (closed) {
            ReferenceCountUtil.release(message);
            return;
        }
        onTime = requestBegun ? onTime : System.nanoTime();
        requestBegun = true;
        ByteBuf bytes = (ByteBuf) message;
        passedBytes += bytes.readableBytes();
        waiting = waiting == null ? bytes : Unpooled.wrappedBuffer(waiting, bytes);
        observe();
        decode();
    }

    /** With TLS, the HTTP codec comes only after the handshake. */
    private void observe() {
        HttpRequestDecoder codec = observed ? null : context.pipeline().get(HttpRequestDecoder.class);
        if (codec != null) {
            observed = true;
            codec.setSingleDecode(true);
            context.pipeline().addBefore(context.pipeline().lastContext().name(), null, new MessageObserver());
        }
    }

    private void decode() {
        if (readingStopped && mayDecode()) {
            readingStopped = false;
            context.channel().config().setAutoRead(true);
        }
        CURRENT.set(this);
        while (mayDecode() && (progressed || waiting != null)) {
            // The codec makes one message at a time, and keeps the bytes behind it.
            ByteBuf bytes = progressed ? Unpooled.EMPTY_BUFFER : takeLines();
            progressed = false;
            context.fireChannelRead(bytes);
            lines = progressed ? 0 : lines;
            checkHeaders(lines - 1);
        }
        CURRENT.remove();
        if (waiting != null) {
            readingStopped = true;
            context.channel().config().setAutoRead(false);
        }
    }

    private boolean mayDecode() {
        return !closed
                && !requestRefused
                && (!requestEnded || responseEnded && context.channel().isWritable());
    }

    /** The codec makes objects of all lines of an incomplete head, so it gets few lines at once. */
    private ByteBuf takeLines() {
        ByteBuf bytes = waiting;
        int end = bytes.readerIndex();
        for (int count = 0; count < MAX_HEADERS + 2; count++) {
            end = bytes.indexOf(end, bytes.writerIndex(), (byte) '\n') + 1;
            if (end == 0) {
                waiting = null;
                return bytes;
            }
            lines++;
        }
        return bytes.readRetainedSlice(end - bytes.readerIndex());
    }

    private void checkHeaders(int count) {
        if (count > MAX_HEADERS && !closed) {
            context.writeAndFlush(Unpooled.copiedBuffer(TOO_MANY_HEADERS, StandardCharsets.US_ASCII));
            budget.evict(this, "headers");
        }
    }

    @Override
    public void write(ChannelHandlerContext writer, Object message, ChannelPromise promise) {
        passedBytes += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        context.write(message, promise);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        context.fireChannelWritabilityChanged();
        context.executor().execute(this::decodeNext);
    }

    private void decodeNext() {
        decode();
        context.fireChannelReadComplete();
    }

    private void endResponse() {
        responseEnded = true;
        budget.becomeIdle(this);
        decodeNext();
    }

    /** Whether the client neither waits for an answer nor reads one, or is slow. */
    boolean isIdle() {
        return slow || responseEnded && unread() == 0;
    }

    private long unread() {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    /** Whether a request or an answer is by one of these times behind a transfer of 64 KiB a second. */
    boolean isTooSlow(long now, long requestNanos, long responseNanos) {
        long unread = unread();
        long moved = passedBytes - unread;
        boolean awaited =
                unread != 0 || requestBegun && context.channel().config().isAutoRead();
        onTime = awaited ? Math.min(now, onTime + Math.max(0, moved - movedBytes) * NANOS_FOR_BYTE) : now;
        movedBytes = moved;
        slow = now - onTime > SLOW_NANOS;
        return now - onTime > (unread == 0 ? requestNanos : responseNanos);
    }

    /** Closes the connection at once. A client that reads nothing could delay the orderly end of TLS. */
    void close() {
        leave();
        context.channel().unsafe().close(context.voidPromise());
    }

    private void leave() {
        closed = true;
        budget.remove(this);
        ReferenceCountUtil.release(waiting);
        waiting = null;
    }

    private final class MessageObserver extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext next, Object message) {
            progressed = true;
            if (message instanceof HttpRequest request) {
                requestEnded = false;
                requestRefused = request.decoderResult().isFailure();
                responseEnded = false;
                // The management port would change to HTTP/2.
                request.headers().remove(HttpHeaderNames.UPGRADE);
                checkHeaders(request.headers().entries().size());
            }
            if (message instanceof LastHttpContent) {
                requestBegun = false;
                requestEnded = true;
            }
            if (closed) {
                ReferenceCountUtil.release(message);
            } else {
                next.fireChannelRead(message);
            }
        }

        @Override
        public void write(ChannelHandlerContext next, Object message, ChannelPromise promise) {
            if (requestRefused && message instanceof HttpResponse refusal) {
                // Vert.x itself answers a request that it cannot read, before any handler of the application.
                refusal.headers()
                        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                        .set("X-Content-Type-Options", "nosniff");
            }
            next.write(message, promise);
            boolean interim = message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (message instanceof LastHttpContent && !interim) {
                // Vert.x is still in the middle of the call, and it is the turn of other connections.
                context.executor().execute(ClientConnection.this::endResponse);
            }
        }
    }
}
