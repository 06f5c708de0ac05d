package backoffice.transport;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Switches off the check with which Quarkus answers a bad request target before any of our code could put it in an
 * envelope; {@link RequestTarget} judges it instead. The check reads a system property once, when its class is loaded,
 * and of what an application brings along only the making of its configuration comes before that.
 */
public class UriValidation implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
