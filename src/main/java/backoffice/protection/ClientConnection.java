package backoffice.protection;

import backoffice.protection.ConnectionLimiter.Acceptor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The handler of a connection, and the decoder of its requests. It closes the connection when a request does not arrive whole
 * within {@code backoffice.limits.request-timeout}, when the client reads less than 1 MiB of its answer, and not the rest,
 * within {@code backoffice.limits.response-timeout}, when it rests while its port is full, and after an answer of HTTP/1.0.
 * See docs/adr/0015 and 0033.
 */
final class ClientConnection extends IdleStateHandler {

    private static final int MAX_HEADERS = 256;
    private static final long REST_MILLIS_OF_FULL_PORT = 5_000;
    private static final int SMALL_ANSWER = 16 << 10;

    /** What a client reads of an answer at least within the response timeout. The largest request has as many bytes. */
    private static final int LEAST_BYTES_READ = 1 << 20;

    /** Whose turn it is. A client that connects owes a request. An answer can come before the rest of its request. */
    private enum State {
        REQUEST_DUE,
        REST_OF_REQUEST_DUE,
        ANSWER_DUE,
        AT_REST
    }

    private final Acceptor port;
    private final RequestDecoder decoder;
    private State state = State.REQUEST_DUE;
    /** Null while no answer waits for its client. */
    private Future<?> slowReader;

    private int bytesRead;

    private ClientConnection(Acceptor port) {
        super(port.requestTimeout.toMillis(), 0, REST_MILLIS_OF_FULL_PORT, TimeUnit.MILLISECONDS);
        this.port = port;
        this.decoder = new RequestDecoder();
    }

    /**
     * Replaces the decoder of Vert.x, or waits for it. Vert.x adds its decoder after TLS and the PROXY protocol, and on the
     * management port after it has seen that the client does not begin with HTTP/2.
     */
    static void addTo(ChannelPipeline pipeline, Acceptor port) {
        ClientConnection connection = new ClientConnection(port);
        if (pipeline.get(HttpRequestDecoder.class) == null) {
            pipeline.addLast(connection);
        } else {
            pipeline.replace(HttpRequestDecoder.class, null, connection.decoder);
            pipeline.addBefore(pipeline.lastContext().name(), null, connection);
        }
    }

    /** The pieces of a request do not count as signs of life, because the timeout is for the whole of it. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelPipeline pipeline = context.pipeline();
        if (message instanceof ByteBuf bytes) {
            pipeline.remove(this);
            if (pipeline.get(Http2ConnectionHandler.class) != null) {
                // HTTP/2 has any number of requests at once.
                bytes.release();
                context.close();
                return;
            }
            // Without a decoder, these are bytes of TLS, whose handler Vert.x has added behind this one after PROXY.
            addTo(pipeline, port);
        } else if (message instanceof HttpRequest request) {
            // The management port would change to HTTP/2.
            request.headers().remove(HttpHeaderNames.UPGRADE);
            if (request.protocolVersion() == HttpVersion.HTTP_1_0) {
                request.headers().remove(HttpHeaderNames.CONNECTION);
            }
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        ChannelPromise sent = promise.unvoid();
        if (message instanceof HttpResponse response && response.protocolVersion() == HttpVersion.HTTP_1_0) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (message instanceof HttpContent piece) {
            awaitReader(context, piece, sent);
        }
        if (message instanceof LastHttpContent
                && !(message instanceof HttpResponse response
                        && response.status().equals(HttpResponseStatus.CONTINUE))) {
            // Vert.x is still in the middle of the call, and it is the turn of other connections.
            sent.addListener(end -> context.executor().execute(() -> decoder.answered(context.pipeline())));
        }
        super.write(context, message, sent);
    }

    /** A small answer starts no timer. The kernel has room for it. */
    private void awaitReader(ChannelHandlerContext context, HttpContent piece, ChannelPromise sent) {
        int bytes = piece.content().readableBytes();
        if (slowReader == null && bytes > SMALL_ANSWER) {
            slowReader = context.executor()
                    .schedule(() -> context.close(), port.responseTimeoutMillis, TimeUnit.MILLISECONDS);
        }
        if (slowReader != null) {
            sent.addListener(read -> {
                bytesRead += bytes;
                if (!read.isSuccess() || bytesRead >= LEAST_BYTES_READ || piece instanceof LastHttpContent) {
                    stopAwaitingReader();
                }
            });
        }
    }

    private void stopAwaitingReader() {
        if (slowReader != null) {
            slowReader.cancel(false);
            slowReader = null;
            bytesRead = 0;
        }
    }

    /** The timer would keep what the answer of a client that has hung up refers to. */
    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        stopAwaitingReader();
        super.channelInactive(context);
    }

    /** Vert.x would close the connection for each event that it sees. */
    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        boolean isTooLong = event.state() == IdleState.READER_IDLE
                ? state == State.REQUEST_DUE || state == State.REST_OF_REQUEST_DUE
                : state == State.AT_REST && port.isFull;
        if (isTooLong) {
            context.close();
        }
    }

    /**
     * Makes one request at a time. While the call runs, it keeps the first bytes that come behind the request, and reads no
     * more. A request has at most 256 headers (431). Another version than HTTP/1.0 and HTTP/1.1 gets 400.
     */
    private final class RequestDecoder extends HttpRequestDecoder {

        private int headers;

        private RequestDecoder() {
            super(port.decoding);
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
            if (state == State.ANSWER_DUE) {
                // To stop before these bytes would cost each call two system calls.
                context.channel().config().setAutoRead(false);
                return;
            }
            super.decode(context, bytes, out);
            boolean isWhole = !out.isEmpty()
                    && out.get(out.size() - 1) instanceof LastHttpContent end
                    && end.decoderResult().isSuccess();
            if (isWhole) {
                state = state == State.REST_OF_REQUEST_DUE ? State.AT_REST : State.ANSWER_DUE;
            } else if (state == State.AT_REST) {
                resetReadTimeout();
                state = State.REQUEST_DUE;
            }
        }

        /** While a call runs, this decoder makes nothing of the bytes that wait, and Netty would ask for more. */
        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            if (state == State.ANSWER_DUE) {
                context.fireChannelReadComplete();
            } else {
                super.channelReadComplete(context);
            }
        }

        /** The answer is sent: decodes what has come behind the request. */
        private void answered(ChannelPipeline pipeline) {
            state = state == State.ANSWER_DUE ? State.AT_REST : State.REST_OF_REQUEST_DUE;
            if (state == State.AT_REST && actualReadableBytes() > 0) {
                ChannelHandlerContext context = pipeline.context(this);
                try {
                    channelRead(context, Unpooled.EMPTY_BUFFER);
                } catch (Exception e) {
                    context.fireExceptionCaught(e);
                }
                context.fireChannelReadComplete();
            }
            if (state != State.ANSWER_DUE) {
                pipeline.channel().config().setAutoRead(true);
            }
        }

        @Override
        protected HttpMessage createMessage(String[] line) {
            headers = 0;
            if (!line[2].equals(HttpVersion.HTTP_1_1.text()) && !line[2].equals(HttpVersion.HTTP_1_0.text())) {
                throw new IllegalArgumentException("Unknown version of HTTP");
            }
            HttpHeaders none = (HttpHeaders) io.vertx.core.http.HttpHeaders.headers();
            return new DefaultHttpRequest(HttpVersion.valueOf(line[2]), HttpMethod.valueOf(line[0]), line[1], none);
        }

        @Override
        protected HttpMessage createInvalidMessage() {
            return createMessage(new String[] {"GET", "/bad-request", HttpVersion.HTTP_1_1.text()});
        }

        /** Netty calls this method for each header, also in trailers. */
        @Override
        protected AsciiString splitHeaderName(byte[] line, int start, int length) {
            if (++headers > MAX_HEADERS) {
                throw new TooLongHttpHeaderException("More than " + MAX_HEADERS + " headers");
            }
            return super.splitHeaderName(line, start, length);
        }
    }
}
