package backoffice.protection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Netty extension that adds a {@link SlowClientHandler} and a {@link ConnectionMemoryHandler} to each connection. A
 * connection is watched from its first byte; Vert.x and Quarkus know of a request only when all its headers have come.
 *
 * <p>Netty loads this class as a service, because {@code http/BootstrapSettings} sets the system property for it.
 */
public class ConnectionInitializer extends ChannelInitializerExtension {

    private final ClientLimits limits =
            ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(ClientLimits.class);

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection
                .pipeline()
                .addFirst(
                        new SlowClientHandler(limits.requestTimeout(), limits.responseTimeout()),
                        new ConnectionMemoryHandler());
    }
}
