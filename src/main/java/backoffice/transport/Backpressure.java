package backoffice.transport;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets a connection rest whose call was refused for overload: its next request waits in the network for a little less than
 * {@code Retry-After} says, and costs nothing meanwhile. Clients that send again at once would else keep the service so
 * busy with refusals that hardly a call is served.
 */
final class Backpressure {

    private static final Duration REST = Duration.ofMillis(900);

    private Backpressure() {}

    /** Lets the connection of a refused request rest from now on. */
    static void rest(HttpServerRequest refused) {
        Channel channel = ((ConnectionBase) refused.connection()).channel();
        channel.config().setAutoRead(false);
        channel.eventLoop().schedule(() -> channel.config().setAutoRead(true), REST.toMillis(), TimeUnit.MILLISECONDS);
    }
}
