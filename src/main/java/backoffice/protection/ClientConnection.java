package backoffice.protection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Observes the answers of a connection. It closes the connection when the client reads nothing of an answer for
 * {@code backoffice.limits.response-timeout}, and when the connection rests while its port is full.
 */
final class ClientConnection extends IdleStateHandler {

    private static final long REST_MILLIS_OF_FULL_PORT = 5_000;

    private final RequestDecoder requests;
    private final BooleanSupplier isPortFull;
    private int unsent;

    /**
     * Netty reports the first idle time also when the client has read a part of what was written, so the second one counts.
     */
    ClientConnection(RequestDecoder requests, Duration responseTimeout, BooleanSupplier isPortFull) {
        super(true, 0, responseTimeout.toMillis() / 2, REST_MILLIS_OF_FULL_PORT, TimeUnit.MILLISECONDS);
        this.requests = requests;
        this.isPortFull = isPortFull;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            // The management port would change to HTTP/2.
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        boolean isInformational = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        boolean isEnd = message instanceof LastHttpContent && !isInformational;
        unsent++;
        ChannelPromise sent = promise.unvoid().addListener(done -> {
            unsent--;
            if (isEnd) {
                // Vert.x is still in the middle of the call, and it is the turn of other connections.
                context.executor().execute(requests::answered);
            }
        });
        super.write(context, message, sent);
    }

    /** Vert.x would close the connection for each event that it sees. */
    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        boolean isStalled = event.state() == IdleState.WRITER_IDLE && !event.isFirst() && unsent > 0;
        boolean isInTheWay = event.state() == IdleState.ALL_IDLE && requests.isAtRest() && isPortFull.getAsBoolean();
        if (isStalled || isInTheWay) {
            context.close();
        }
    }
}
