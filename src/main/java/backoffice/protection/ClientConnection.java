package backoffice.protection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The connection of a client, as the Netty handler in front of the HTTP codec. The codec gets the bytes of the next
 * request when the client has read the last answer, so one request is in memory at a time (docs/adr/0033).
 */
final class ClientConnection extends ChannelDuplexHandler {

    private static final int MAX_HEADERS = 256;
    private static final String TOO_MANY_HEADERS =
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static final long NANOS_FOR_BYTE = TimeUnit.SECONDS.toNanos(1) / (64 << 10);
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private ChannelHandlerContext context;
    private ConnectionBudget budget;
    private ByteBuf waiting = Unpooled.EMPTY_BUFFER;
    private int lines;
    private boolean observed;
    private boolean decoded;
    private boolean readingStopped;
    private boolean requestBegun = true;
    private boolean requestOpen;
    private boolean responseOpen;
    private boolean responseBegun;
    private long passedBytes;
    private long movedBytes;
    private long onTime = System.nanoTime();

    /** When the client has sent or read bytes for the last time, as of {@link System#nanoTime}. */
    long lastProgress = onTime;

    /** Whether a call of the client has succeeded. */
    boolean served;

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        budget = ConnectionBudget.of(context.channel());
        budget.add(this);
        context.fireChannelActive();
        if (isOpen() && context.pipeline().get("ssl") == null) {
            // Vert.x would look for HTTP/2 on the management port. HTTP/1.1 ignores an empty line before a request.
            context.fireChannelRead(Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        budget.remove(this);
        ReferenceCountUtil.release(waiting);
        waiting = Unpooled.EMPTY_BUFFER;
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext reader, Object message) {
        if (!isOpen()) {
            ReferenceCountUtil.release(message);
            return;
        }
        lastProgress = System.nanoTime();
        onTime = requestBegun ? onTime : lastProgress;
        requestBegun = true;
        ByteBuf bytes = (ByteBuf) message;
        passedBytes += bytes.readableBytes();
        waiting = Unpooled.wrappedBuffer(waiting, bytes);
        // With TLS, the HTTP codec comes only after the handshake.
        HttpRequestDecoder codec = observed ? null : context.pipeline().get(HttpRequestDecoder.class);
        if (codec != null) {
            observed = true;
            codec.setSingleDecode(true);
            context.pipeline().addBefore(context.pipeline().lastContext().name(), null, new MessageObserver());
        }
        decode();
    }

    private void decode() {
        if (readingStopped && mayDecode()) {
            readingStopped = false;
            context.channel().config().setAutoRead(true);
        }
        while (mayDecode() && (decoded || waiting.isReadable())) {
            // The codec makes one message at a time, and keeps the bytes behind it.
            ByteBuf bytes = decoded ? Unpooled.EMPTY_BUFFER : takeLines();
            decoded = false;
            context.fireChannelRead(bytes);
            lines = decoded ? 0 : lines;
            checkHeaders(lines - 1);
        }
        if (waiting.isReadable()) {
            readingStopped = true;
            context.channel().config().setAutoRead(false);
        }
    }

    private boolean mayDecode() {
        return isOpen() && (requestOpen || !responseOpen);
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
        if (count > MAX_HEADERS && isOpen()) {
            context.writeAndFlush(Unpooled.copiedBuffer(TOO_MANY_HEADERS, StandardCharsets.US_ASCII));
            close();
        }
    }

    @Override
    public void write(ChannelHandlerContext writer, Object message, ChannelPromise promise) {
        passedBytes += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        context.write(message, promise);
    }

    private void endResponse() {
        responseOpen = false;
        responseBegun = false;
        lastProgress = System.nanoTime();
        decode();
        context.fireChannelReadComplete();
    }

    /** Whether a request or an answer is by one of these times behind a transfer of 64 KiB a second. */
    boolean isTooSlow(long now, long requestNanos, long responseNanos) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        long unread = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
        long moved = passedBytes - unread;
        boolean awaited =
                unread != 0 || requestBegun && context.channel().config().isAutoRead();
        onTime = awaited ? Math.min(now, onTime + Math.max(0, moved - movedBytes) * NANOS_FOR_BYTE) : now;
        lastProgress = unread != 0 && moved > movedBytes ? now : lastProgress;
        movedBytes = moved;
        return now - onTime > (unread == 0 ? requestNanos : responseNanos);
    }

    /** Whether the client reads an answer, and has not stopped in the middle of it. */
    boolean isReadingAnswer() {
        return responseBegun && System.nanoTime() - lastProgress < STALLED_NANOS;
    }

    /** Closes the connection at once. A client that reads nothing could delay the orderly end of TLS. */
    void close() {
        budget.remove(this);
        context.channel().unsafe().close(context.voidPromise());
    }

    private boolean isOpen() {
        return context.channel().isOpen();
    }

    private final class MessageObserver extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext next, Object message) {
            decoded = true;
            if (message instanceof HttpRequest request) {
                requestOpen = true;
                responseOpen = true;
                // The management port would change to HTTP/2.
                request.headers().remove(HttpHeaderNames.UPGRADE);
                checkHeaders(request.headers().size());
            }
            if (message instanceof LastHttpContent) {
                requestBegun = false;
                requestOpen = false;
            }
            if (isOpen()) {
                next.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void write(ChannelHandlerContext next, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse response) {
                HttpStatusClass status = response.status().codeClass();
                served |= status == HttpStatusClass.SUCCESS;
                responseBegun = status != HttpStatusClass.INFORMATIONAL;
            }
            ChannelPromise written = promise.unvoid();
            if (message instanceof LastHttpContent && responseBegun) {
                // Vert.x is still in the middle of the call, and it is the turn of other connections.
                written.addListener(sent -> context.executor().execute(ClientConnection.this::endResponse));
            }
            next.write(message, written);
        }
    }
}
