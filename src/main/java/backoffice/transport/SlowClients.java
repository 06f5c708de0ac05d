package backoffice.transport;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Has each connection of the service watched from its first octet, long before there is a request that Vert.x or Quarkus
 * would know of. Netty finds this class as a service, which {@link EarlySettings} asks it to look for.
 */
public class SlowClients extends ChannelInitializerExtension {

    private final TransportLimits limits =
            ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(TransportLimits.class);

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new ConnectionWatch(limits.request(), limits.answer()));
    }
}
