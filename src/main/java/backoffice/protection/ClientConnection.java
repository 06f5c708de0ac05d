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
import java.util.function.Consumer;

/**
 * The connection of a client, as the Netty handler in front of the HTTP codec. The codec gets the bytes of the next
 * request when the client has read the last answer, so one request is in memory at a time (docs/adr/0033).
 */
public final class ClientConnection extends ChannelDuplexHandler {

    private static final int MAX_HEADERS = 256;
    private static final String TOO_MANY_HEADERS =
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n"
                    + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n";
    private static final long NANOS_FOR_BYTE = TimeUnit.SECONDS.toNanos(1) / (64 << 10);
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final FastThreadLocal<ClientConnection> CURRENT = new FastThreadLocal<>();

    private ChannelHandlerContext context;
    private ConnectionBudget budget;
    private ByteBuf waiting = Unpooled.EMPTY_BUFFER;
    private int lines;
    private boolean closed;
    private boolean observed;
    private boolean decoded;
    private boolean readingStopped;
    private boolean requestBegun = true;
    private boolean requestOpen;
    private boolean responseOpen;
    private long passedBytes;
    private long movedBytes;
    private long onTime = System.nanoTime();
    private boolean stalled;

    /** The vendor of the call that is not answered yet; null without one. */
    String vendor;

    /** Returns what to run with the vendor when the call that this event loop handles now has a valid bitkey. */
    public static Consumer<String> authentication() {
        ClientConnection connection = CURRENT.get();
        // There is none in dev mode and in tests within Maven.
        return connection == null ? vendor -> {} : vendor -> connection.budget.authenticate(connection, vendor);
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
        waiting = Unpooled.wrappedBuffer(waiting, bytes);
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
        while (mayDecode() && (decoded || waiting.isReadable())) {
            // The codec makes one message at a time, and keeps the bytes behind it.
            ByteBuf bytes = decoded ? Unpooled.EMPTY_BUFFER : takeLines();
            decoded = false;
            context.fireChannelRead(bytes);
            lines = decoded ? 0 : lines;
            checkHeaders(lines - 1);
        }
        CURRENT.remove();
        if (waiting.isReadable()) {
            readingStopped = true;
            context.channel().config().setAutoRead(false);
        }
    }

    private boolean mayDecode() {
        return !closed && (requestOpen || !responseOpen);
    }

    /** The codec makes objects of all lines of an incomplete head, so it gets few lines at once. */
    private ByteBuf takeLines() {
        ByteBuf bytes = waiting;
        int end = bytes.readerIndex();
        for (int count = 0; count < MAX_HEADERS + 2; count++) {
            end = bytes.indexOf(end, bytes.writerIndex(), (byte) '\n') + 1;
            if (end == 0) {
                waiting = Unpooled.EMPTY_BUFFER;
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

    private void endResponse() {
        responseOpen = false;
        budget.becomeIdle(this);
        decode();
        context.fireChannelReadComplete();
    }

    /** Whether the client neither waits for an answer nor reads one, or has stopped in the middle of it. */
    boolean isIdle() {
        return stalled || !responseOpen;
    }

    /** Whether a request or an answer is by one of these times behind a transfer of 64 KiB a second. */
    boolean isTooSlow(long now, long requestNanos, long responseNanos) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        long unread = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
        long moved = passedBytes - unread;
        boolean awaited =
                unread != 0 || requestBegun && context.channel().config().isAutoRead();
        onTime = awaited ? Math.min(now, onTime + Math.max(0, moved - movedBytes) * NANOS_FOR_BYTE) : now;
        movedBytes = moved;
        stalled = now - onTime > STALLED_NANOS;
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
        waiting = Unpooled.EMPTY_BUFFER;
    }

    private final class MessageObserver extends ChannelDuplexHandler {

        private boolean refused;

        @Override
        public void channelRead(ChannelHandlerContext next, Object message) {
            decoded = true;
            if (message instanceof HttpRequest request) {
                requestOpen = true;
                responseOpen = true;
                refused = request.decoderResult().isFailure();
                // The management port would change to HTTP/2.
                request.headers().remove(HttpHeaderNames.UPGRADE);
                checkHeaders(request.headers().size());
            }
            if (message instanceof LastHttpContent) {
                requestBegun = false;
                requestOpen = false;
            }
            if (closed) {
                ReferenceCountUtil.release(message);
            } else {
                next.fireChannelRead(message);
            }
        }

        @Override
        public void write(ChannelHandlerContext next, Object message, ChannelPromise promise) {
            boolean interim = message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            ChannelPromise written = promise.unvoid();
            if (message instanceof LastHttpContent && !interim) {
                // Vert.x is still in the middle of the call, and it is the turn of other connections.
                written.addListener(sent -> context.executor().execute(ClientConnection.this::endResponse));
            }
            if (refused && message instanceof HttpResponse refusal) {
                // Vert.x itself answers a request that it cannot read, before any handler of the application.
                refusal.headers()
                        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                        .set("X-Content-Type-Options", "nosniff");
            }
            next.write(message, written);
        }
    }
}
