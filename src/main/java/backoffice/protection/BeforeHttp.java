package backoffice.protection;

import backoffice.protection.ConnectionLimiter.Acceptor;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The handler of a connection whose HTTP decoder is not there yet. Vert.x adds its decoder after TLS and the PROXY protocol,
 * and on the management port after it has seen that the client does not begin with HTTP/2. A client that does is
 * disconnected, because HTTP/2 has any number of requests at once. So is one that sends nothing within the request timeout.
 */
final class BeforeHttp extends ChannelInboundHandlerAdapter {

    private final Acceptor acceptor;
    private Future<?> timeout;

    private BeforeHttp(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    /** Replaces the decoder of Vert.x, or waits for it. */
    static void addHandlers(ChannelPipeline pipeline, Acceptor acceptor) {
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        if (decoder == null) {
            pipeline.addLast(new BeforeHttp(acceptor));
        } else {
            RequestDecoder requests = new RequestDecoder(acceptor.decoding, acceptor.requestTimeout);
            pipeline.replace(decoder.handler(), decoder.name(), requests);
            ClientConnection client = new ClientConnection(requests, acceptor.responseTimeout, acceptor::isFull);
            pipeline.addBefore(pipeline.lastContext().name(), null, client);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timeout = context.executor()
                .schedule(() -> context.close(), acceptor.requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        timeout.cancel(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(this);
        if (pipeline.get(Http2ConnectionHandler.class) == null) {
            // Without a decoder, these are bytes of TLS, whose handler Vert.x has added behind this one after PROXY.
            addHandlers(pipeline, acceptor);
            context.fireChannelRead(bytes);
        } else {
            ReferenceCountUtil.release(bytes);
            context.close();
        }
    }
}
