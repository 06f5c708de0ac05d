package backoffice.protection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;

/**
 * The Netty extension that adds a {@link ClientConnection} to each connection. A connection is watched from its first byte;
 * Vert.x and Quarkus know of a request only when all its headers have come. Netty loads it as a service, because
 * {@code http/BootstrapSettings} sets the system property for it.
 */
public class ConnectionInitializer extends ChannelInitializerExtension {

    /** Vert.x adds its handlers before this initializer runs. With TLS, the first one decrypts and has the name "ssl". */
    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel initialized) {
                ChannelPipeline pipeline = initialized.pipeline();
                if (pipeline.get("ssl") == null) {
                    pipeline.addFirst(new ClientConnection());
                } else {
                    pipeline.addAfter("ssl", null, new ClientConnection());
                }
            }
        });
    }
}
