package backoffice.transport;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * What libraries read from system properties once, when their classes are loaded; of what an application brings along, only the
 * making of its configuration comes before that.
 */
public class EarlySettings implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        // Quarkus would answer a bad request target before any of our code could put it in an envelope; RequestTarget
        // judges it instead.
        System.setProperty("vertx.disableURIValidation", "true");
        // Netty is to look for SlowClients.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }
}
