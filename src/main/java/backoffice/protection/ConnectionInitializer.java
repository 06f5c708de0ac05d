package backoffice.protection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Netty extension that adds a {@link ClientConnection} to each connection. A connection is watched from its first byte;
 * Vert.x and Quarkus know of a request only when all its headers have come.
 *
 * <p>Netty loads this class as a service, because {@code http/BootstrapSettings} sets the system property for it.
 */
public class ConnectionInitializer extends ChannelInitializerExtension {

    private static final Set<ServerChannel> LISTENERS = ConcurrentHashMap.newKeySet();

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        LISTENERS.add(listener);
    }

    /** Stops listening, but on this port. Connections that are open stay so. */
    static ChannelGroupFuture closeListeners(int but) {
        // The executable cannot have an executor of Netty in its image, so this is no constant.
        ChannelGroup listeners = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
        listeners.addAll(LISTENERS);
        return listeners.close(
                listener -> listener.localAddress() instanceof InetSocketAddress address && address.getPort() != but);
    }

    /** Vert.x adds its handlers before this initializer runs. With TLS, the first one decrypts and has the name "ssl". */
    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel initialized) {
                ChannelPipeline pipeline = initialized.pipeline();
                ClientConnection client = new ClientConnection();
                if (pipeline.get("ssl") == null) {
                    pipeline.addFirst(client);
                } else {
                    pipeline.addAfter("ssl", null, client);
                }
            }
        });
    }
}
