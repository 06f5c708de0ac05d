package backoffice.protection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP decoder of a connection. It makes one request at a time. While the call runs, it keeps the first bytes that come
 * behind the request, and reads no more. A request has at most 256 headers (431), and arrives whole within
 * {@code backoffice.limits.request-timeout}, or its connection is closed. Another version than HTTP/1.0 and HTTP/1.1 gets
 * 400. See docs/adr/0033.
 */
final class RequestDecoder extends HttpRequestDecoder {

    private static final int MAX_HEADERS = 256;

    private final long timeoutMillis;
    private ChannelHandlerContext context;
    private int headers;
    private Future<?> timeout;
    private boolean hasBegun;
    private boolean callRuns;
    private boolean isAnswered;

    /** @param timeout the time within which a request arrives whole */
    RequestDecoder(HttpDecoderConfig config, Duration timeout) {
        super(config);
        this.timeoutMillis = timeout.toMillis();
    }

    /** Whether the client has sent nothing of a request since the last answer. */
    boolean isAtRest() {
        return !hasBegun && !callRuns;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        startTimeout();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext removed) throws Exception {
        timeout.cancel(false);
        super.handlerRemoved0(removed);
    }

    private void startTimeout() {
        timeout = context.executor().schedule(() -> context.close(), timeoutMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext reader, ByteBuf bytes, List<Object> out) throws Exception {
        if (callRuns) {
            // To stop before these bytes would cost each call two system calls.
            reader.channel().config().setAutoRead(false);
            return;
        }
        super.decode(reader, bytes, out);
        hasBegun = out.isEmpty()
                || !(out.get(out.size() - 1) instanceof LastHttpContent end
                        && end.decoderResult().isSuccess());
        if (hasBegun && timeout.isDone()) {
            startTimeout();
        } else if (!hasBegun) {
            timeout.cancel(false);
            callRuns = !isAnswered;
            isAnswered = false;
        }
    }

    /** While a call runs, this decoder makes nothing of the bytes that wait, and Netty would ask for more. */
    @Override
    public void channelReadComplete(ChannelHandlerContext reader) throws Exception {
        if (callRuns) {
            reader.fireChannelReadComplete();
        } else {
            super.channelReadComplete(reader);
        }
    }

    /** The answer is sent: decodes what has come behind the request. */
    void answered() {
        isAnswered = !callRuns;
        callRuns = false;
        if (!isAnswered && actualReadableBytes() > 0) {
            try {
                channelRead(context, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                context.fireExceptionCaught(e);
            }
            context.fireChannelReadComplete();
        }
        if (!callRuns) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    protected HttpMessage createMessage(String[] line) {
        headers = 0;
        if (!line[2].equals(HttpVersion.HTTP_1_1.text()) && !line[2].equals(HttpVersion.HTTP_1_0.text())) {
            throw new IllegalArgumentException("Unknown version of HTTP");
        }
        return new DefaultHttpRequest(HttpVersion.valueOf(line[2]), HttpMethod.valueOf(line[0]), line[1], (HttpHeaders)
                io.vertx.core.http.HttpHeaders.headers());
    }

    @Override
    protected HttpMessage createInvalidMessage() {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request", Unpooled.EMPTY_BUFFER);
    }

    /** Netty calls this method for each header, also in trailers. */
    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        headers++;
        if (headers > MAX_HEADERS) {
            throw new TooLongHttpHeaderException("More than " + MAX_HEADERS + " headers");
        }
        return super.splitHeaderName(line, start, length);
    }
}
