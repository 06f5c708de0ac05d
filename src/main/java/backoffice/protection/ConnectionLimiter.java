package backoffice.protection;

import io.micrometer.core.instrument.Metrics;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The Netty extension that bounds the connections of clients. Their number follows the heap (docs/adr/0033), and those of
 * slow clients are closed (docs/adr/0015). {@code http/BootstrapSettings} enables the extension.
 */
public class ConnectionLimiter extends ChannelInitializerExtension {

    private static final long BYTES_OF_CONNECTION = 384 << 10;
    private static final long MAX_CONNECTIONS = 10_000;
    private static final long CHECK_MILLIS = 500;
    private static final long STALLED_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_HEADERS = 256;
    private static final String TOO_MANY_HEADERS =
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final Config config = ConfigProvider.getConfig();
    private final Duration requestTimeout = config.getValue("backoffice.limits.request-timeout", Duration.class);
    private final Duration responseTimeout = config.getValue("backoffice.limits.response-timeout", Duration.class);
    private final long fitting = Math.min(MAX_CONNECTIONS, Runtime.getRuntime().maxMemory() / BYTES_OF_CONNECTION);
    private final long max = Math.max(1, fitting / config.getValue("quarkus.vertx.event-loops-pool-size", int.class));
    private final ThreadLocal<Set<ClientConnection>> ofEventLoop = ThreadLocal.withInitial(HashSet::new);

    /** Vert.x adds its handlers before this initializer runs. With TLS, the first one decrypts and has the name "ssl". */
    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel initialized) {
                if (initialized.pipeline().get("ssl") == null) {
                    initialized.pipeline().addFirst(new ClientConnection());
                } else {
                    initialized.pipeline().addAfter("ssl", null, new ClientConnection());
                }
            }
        });
    }

    /**
     * Adds a connection. Beyond the number, one is closed: that without progress for the longest time. Clients that were
     * not served yet have a quarter, and one of them is closed while they have more. An answer that is read is not cut.
     */
    private void add(ClientConnection added) {
        Set<ClientConnection> connections = ofEventLoop.get();
        connections.add(added);
        added.context.channel().closeFuture().addListener(closed -> connections.remove(added));
        if (connections.size() > max) {
            long newcomers = connections.stream().filter(c -> !c.served).count();
            connections.stream()
                    .filter(client ->
                            client.context.channel().unsafe().outboundBuffer().isEmpty()
                                    || System.nanoTime() - client.lastProgress > STALLED_NANOS)
                    .min(Comparator.comparing((ClientConnection client) -> client.served == newcomers > max / 4)
                            .thenComparing(client -> client.lastProgress))
                    .orElse(added)
                    .close();
            Metrics.counter("backoffice.connections.evicted").increment();
        }
    }

    /** The handler in front of the HTTP codec. The codec gets the next request when the client has read the last answer. */
    private final class ClientConnection extends ChannelDuplexHandler {

        private ChannelHandlerContext context;
        private ByteBuf waiting = Unpooled.EMPTY_BUFFER;
        private int lines;
        private HttpRequestDecoder codec;
        private boolean decoded;
        private boolean requestOpen;
        private boolean responseOpen;
        private long requestBegin = System.nanoTime();
        private long lastProgress = requestBegin;
        private long unread;
        private boolean served;

        @Override
        public void channelActive(ChannelHandlerContext active) {
            context = active;
            add(this);
            closeIfSlow();
            context.fireChannelActive();
            // Vert.x would look for HTTP/2 on the management port. HTTP/1.1 ignores an empty line before a request.
            context.fireChannelRead(Unpooled.wrappedBuffer(new byte[] {'\r', '\n'}));
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext removed) {
            waiting.release();
        }

        @Override
        public void channelRead(ChannelHandlerContext reader, Object bytes) {
            lastProgress = System.nanoTime();
            waiting = Unpooled.wrappedBuffer(waiting, (ByteBuf) bytes);
            // With TLS, the codec comes only after the handshake.
            codec = codec == null ? context.pipeline().get(HttpRequestDecoder.class) : codec;
            if (codec != null && !codec.isSingleDecode()) {
                codec.setSingleDecode(true);
                context.pipeline().addBefore(context.pipeline().lastContext().name(), null, new MessageObserver());
            }
            decode();
        }

        private void decode() {
            while (context.channel().isOpen() && (requestOpen || !responseOpen) && (decoded || waiting.isReadable())) {
                // The codec makes one message at a time, and keeps the bytes behind it.
                ByteBuf bytes = decoded ? Unpooled.EMPTY_BUFFER : takeLines();
                decoded = false;
                context.fireChannelRead(bytes);
                lines = decoded ? 0 : lines;
                if (lines == MAX_HEADERS + 2) {
                    context.writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY_HEADERS.getBytes()));
                    close();
                }
            }
            if (waiting.isReadable()) {
                context.channel().config().setAutoRead(false);
            }
        }

        /** The codec makes objects of all lines of an incomplete head, so it gets no more than a head may have. */
        private ByteBuf takeLines() {
            requestBegin = requestBegin == 0 ? lastProgress : requestBegin;
            int end = waiting.readerIndex();
            while (lines < MAX_HEADERS + 2) {
                end = waiting.indexOf(end, waiting.writerIndex(), (byte) '\n') + 1;
                if (end == 0) {
                    ByteBuf all = waiting;
                    waiting = Unpooled.EMPTY_BUFFER;
                    return all;
                }
                lines++;
            }
            return waiting.readRetainedSlice(end - waiting.readerIndex());
        }

        private void closeIfSlow() {
            long now = System.nanoTime();
            ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
            if (buffer != null) {
                long left = buffer.totalPendingWriteBytes() - buffer.currentProgress();
                lastProgress = left < unread ? now : lastProgress;
                unread = left;
                boolean isRequestSlow = requestBegin != 0 && now - requestBegin > requestTimeout.toNanos();
                if (left == 0 ? isRequestSlow : now - lastProgress > responseTimeout.toNanos()) {
                    close();
                }
                context.executor().schedule(this::closeIfSlow, CHECK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        /** Closes the connection at once. A client that reads nothing could delay the orderly end of TLS. */
        private void close() {
            context.channel().unsafe().close(context.voidPromise());
        }

        private final class MessageObserver extends ChannelDuplexHandler {

            @Override
            public void channelRead(ChannelHandlerContext next, Object message) {
                decoded = true;
                if (message instanceof HttpRequest request) {
                    responseOpen = true;
                    // The management port would change to HTTP/2.
                    request.headers().remove(HttpHeaderNames.UPGRADE);
                }
                requestOpen = !(message instanceof LastHttpContent);
                requestBegin = requestOpen ? requestBegin : 0;
                if (context.channel().isOpen()) {
                    next.fireChannelRead(message);
                } else {
                    ReferenceCountUtil.release(message);
                }
            }

            @Override
            public void write(ChannelHandlerContext next, Object message, ChannelPromise promise) {
                lastProgress = System.nanoTime();
                int status =
                        message instanceof HttpResponse head ? head.status().code() : 0;
                served |= status / 100 == 2;
                ChannelPromise written = promise.unvoid();
                if (message instanceof LastHttpContent && status / 100 != 1) {
                    // Vert.x is still in the middle of the call, and it is the turn of other connections.
                    written.addListener(sent -> context.executor().execute(() -> {
                        responseOpen = false;
                        context.channel().config().setAutoRead(true);
                        decode();
                        context.fireChannelReadComplete();
                    }));
                }
                next.write(message, written);
            }
        }
    }
}
