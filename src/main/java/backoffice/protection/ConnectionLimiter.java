package backoffice.protection;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The Netty extension that bounds the number of connections of each port. It follows the heap, and the management port has a
 * small number of its own. While a port has that many, it accepts no further one: new clients wait in the backlog of the
 * kernel, and connections that rest are closed soon. See docs/adr/0033. {@code http/BootstrapSettings} enables the extension.
 */
public class ConnectionLimiter extends ChannelInitializerExtension {

    private static final long BYTES_OF_CONNECTION = 384 << 10;
    private static final long MAX_CONNECTIONS = 10_000;
    private static final long MAX_MANAGEMENT_CONNECTIONS = 32;

    /** The state of Linux in which the client has closed its side. */
    private static final int TCP_CLOSE_WAIT = 8;

    private static final Set<ServerChannel> LISTENERS = ConcurrentHashMap.newKeySet();

    /** Stops listening, but on this port. Connections that are open stay so. */
    static void stopListening(int but) {
        LISTENERS.stream().filter(listener -> portOf(listener) != but).forEach(ServerChannel::close);
    }

    /** 0 for a socket in the file system. */
    private static int portOf(Channel listener) {
        return listener.localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        LISTENERS.add(listener);
        listener.pipeline().addLast(new Acceptor());
    }

    /** Vert.x adds its handlers before this initializer runs. */
    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        Acceptor acceptor = connection.parent().pipeline().get(Acceptor.class);
        connection.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel initialized) {
                if (hasHungUp(initialized)) {
                    initialized.close();
                } else {
                    BeforeHttp.addHandlers(initialized.pipeline(), acceptor);
                }
            }
        });
    }

    /** Whether the client has gone while it waited in the backlog. Thousands of such calls would delay those of others. */
    private static boolean hasHungUp(Channel connection) {
        return connection instanceof EpollSocketChannel socket
                && socket.tcpInfo().state() == TCP_CLOSE_WAIT;
    }

    /** The handler of a port that counts its open connections, on the event loop that accepts them. */
    static final class Acceptor extends ChannelInboundHandlerAdapter {

        private final Config config = ConfigProvider.getConfig();
        final Duration requestTimeout = config.getValue("backoffice.limits.request-timeout", Duration.class);
        final Duration responseTimeout = config.getValue("backoffice.limits.response-timeout", Duration.class);
        final HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(config.getValue("quarkus.http.limits.max-initial-line-length", int.class))
                .setMaxHeaderSize(config.getValue("quarkus.http.limits.max-header-size", MemorySize.class)
                        .asBigInteger()
                        .intValueExact());
        private long max;
        private long open;
        private volatile boolean isFull;

        @Override
        public void channelActive(ChannelHandlerContext listener) {
            int port = portOf(listener.channel());
            int managementPort = config.getValue("quarkus.management.port", int.class);
            long fitting = Math.min(MAX_CONNECTIONS, Runtime.getRuntime().maxMemory() / BYTES_OF_CONNECTION);
            max = Math.max(1, port == managementPort ? Math.min(MAX_MANAGEMENT_CONNECTIONS, fitting) : fitting);
            Tags tags = Tags.of("port", String.valueOf(port));
            Metrics.gauge("backoffice.connections.open", tags, this, acceptor -> acceptor.open);
            Metrics.gauge("backoffice.connections.max", tags, this, acceptor -> acceptor.max);
            listener.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext listener, Object accepted) {
            count(listener, 1);
            ((Channel) accepted)
                    .closeFuture()
                    .addListener(closed -> listener.executor().execute(() -> count(listener, -1)));
            listener.fireChannelRead(accepted);
        }

        boolean isFull() {
            return isFull;
        }

        private void count(ChannelHandlerContext listener, int more) {
            open += more;
            isFull = open >= max;
            listener.channel().config().setAutoRead(!isFull);
        }
    }
}
