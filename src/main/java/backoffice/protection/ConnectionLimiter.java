package backoffice.protection;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The Netty extension that bounds the number of connections of each port. It follows the heap and the limit of descriptors,
 * and the management port has a small number of its own. While a port has that many, it accepts no further one: new clients
 * wait in the backlog of the kernel, and connections that rest are closed soon. See docs/adr/0033. {@code http/EarlySettings} enables the extension.
 */
@Singleton
public class ConnectionLimiter extends ChannelInitializerExtension {

    private static final Logger LOG = Logger.getLogger(ConnectionLimiter.class);
    private static final long BYTES_OF_CONNECTION = 384 << 10;
    private static final long MAX_CONNECTIONS = 10_000;
    private static final long MAX_MANAGEMENT_CONNECTIONS = 32;
    private static final long TAKE_NO_CONNECTIONS_MILLIS = 400;

    /** The state of Linux in which the client has closed its side. */
    private static final int TCP_CLOSE_WAIT = 8;

    /** Those of all ports but the management port. */
    private static final Set<Channel> LISTENERS = ConcurrentHashMap.newKeySet();

    void logTransport(@Observes StartupEvent event, Vertx vertx) {
        if (vertx.isNativeTransportEnabled()) {
            LOG.info("Connections use epoll.");
        } else {
            LOG.infof(
                    "Connections use NIO, so each call takes more processor time. Why not epoll: %s",
                    Epoll.isAvailable() ? "quarkus.vertx.prefer-native-transport" : Epoll.unavailabilityCause());
        }
    }

    /**
     * Takes no connections in the last part of the shutdown delay, but on the management port (docs/api.md, section 9.2).
     * After the delay, Quarkus waits until no call runs. From SIGTERM on, it closes the connection after each answer.
     */
    void stopListening(
            @Observes ShutdownDelayInitiatedEvent event,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0s") Duration delay) {
        long millis = delay.toMillis() - TAKE_NO_CONNECTIONS_MILLIS;
        LISTENERS.forEach(port -> port.eventLoop().schedule(() -> port.close(), millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        listener.pipeline().addLast(new Acceptor());
    }

    /** Vert.x adds its handlers before this initializer runs. */
    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        Acceptor port = connection.parent().pipeline().get(Acceptor.class);
        connection.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel initialized) {
                if (initialized instanceof EpollSocketChannel client
                        && client.tcpInfo().state() == TCP_CLOSE_WAIT) {
                    // Thousands of calls of clients that went while they waited would delay those of others.
                    client.close();
                } else {
                    // The kernel closes the connection when the client reads nothing of a small answer for this time,
                    // which
                    // NIO has no option for. ClientConnection watches the large answers.
                    initialized.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, port.responseTimeoutMillis);
                    ClientConnection.addTo(initialized.pipeline(), port);
                }
            }
        });
    }

    /** The handler of a port that counts its open connections, on the event loop that accepts them. */
    static final class Acceptor extends ChannelInboundHandlerAdapter {

        private final Config config = ConfigProvider.getConfig();
        final Duration requestTimeout = config.getValue("backoffice.limits.request-timeout", Duration.class);
        final int responseTimeoutMillis = (int) config.getValue("backoffice.limits.response-timeout", Duration.class)
                .toMillis();
        final HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(config.getValue("quarkus.http.limits.max-initial-line-length", int.class))
                .setMaxHeaderSize(config.getValue("quarkus.http.limits.max-header-size", MemorySize.class)
                        .asBigInteger()
                        .intValueExact());
        private long max;
        private long open;
        volatile boolean isFull;

        @Override
        public void channelActive(ChannelHandlerContext listener) {
            // A socket in the file system has none.
            int port = listener.channel().localAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
            if (port == config.getValue("quarkus.management.port", int.class)) {
                max = MAX_MANAGEMENT_CONNECTIONS;
            } else {
                long byHeap = Runtime.getRuntime().maxMemory() / BYTES_OF_CONNECTION;
                max = Math.min(MAX_CONNECTIONS, Math.min(byHeap, maxDescriptors() / 2));
                LISTENERS.add(listener.channel());
            }
            Tags tags = Tags.of("port", String.valueOf(port));
            Metrics.gauge("backoffice.connections.open", tags, this, acceptor -> acceptor.open);
            Metrics.gauge("backoffice.connections.max", tags, this, acceptor -> acceptor.max);
            listener.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext listener, Object accepted) {
            count(listener, 1);
            Channel connection = (Channel) accepted;
            connection.closeFuture().addListener(closed -> listener.executor().execute(() -> count(listener, -1)));
            listener.fireChannelRead(accepted);
        }

        /** Half of them stay for connections to PostgreSQL, the management port, and the files of the libraries. */
        private static long maxDescriptors() {
            long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    ? system.getMaxFileDescriptorCount()
                    : Long.MAX_VALUE;
            // No limit is a negative number.
            return limit < 0 ? Long.MAX_VALUE : limit;
        }

        private void count(ChannelHandlerContext listener, int more) {
            open += more;
            isFull = open >= max;
            listener.channel().config().setAutoRead(!isFull);
        }
    }
}
