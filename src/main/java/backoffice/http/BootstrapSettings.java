package backoffice.http;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.Map;

/**
 * Settings that depend on the machine, and those that libraries read from system properties when their classes are loaded. Of
 * what an application brings along, only the making of its configuration comes before that.
 */
public class BootstrapSettings implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        // Quarkus would answer a bad request target before any of our code could put it in an envelope; RequestTarget
        // judges it instead.
        System.setProperty("vertx.disableURIValidation", "true");
        // Netty is to look for SlowClientInitializer.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        // Otherwise it is looked for once more for each kind of log, a tenth of the executable's start.
        System.setProperty("jakarta.json.provider", "org.eclipse.parsson.JsonProviderImpl");
        // One event loop for each processor; of two, which is Quarkus's default, each interrupts the other. It is not a
        // default value: Quarkus would keep that of the machine that builds the application.
        builder.withSources(new PropertiesConfigSource(
                Map.of(
                        "quarkus.vertx.event-loops-pool-size",
                        String.valueOf(Runtime.getRuntime().availableProcessors())),
                "processors",
                0));
    }
}
