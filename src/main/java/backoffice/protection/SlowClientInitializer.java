package backoffice.protection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Has each connection of the service watched from its first byte, long before there is a request that Vert.x or Quarkus
 * would know of. Netty finds this class as a service, which {@code http/BootstrapSettings} asks it to look for.
 */
public class SlowClientInitializer extends ChannelInitializerExtension {

    private final ClientLimits limits =
            ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(ClientLimits.class);

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new SlowClientHandler(limits.requestTimeout(), limits.responseTimeout()));
    }
}
