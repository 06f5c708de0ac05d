package backoffice.http;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.Map;

/**
 * Configuration customizer for settings that must be made before any other code of the application runs
 * (docs/adr/0019): system properties that libraries read when their classes are loaded, and settings that
 * depend on the machine.
 */
public class EarlySettings implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        // Vert.x would refuse a bad request target itself, and Quarkus would answer it without an envelope.
        // RequestTarget checks the target instead.
        System.setProperty("vertx.disableURIValidation", "true");
        // Netty loads extensions, such as protection/ConnectionLimiter, only with this property.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        // Without this property, the provider is looked up once for each kind of log. This takes a tenth of the
        // start of the native executable.
        System.setProperty("jakarta.json.provider", "org.eclipse.parsson.JsonProviderImpl");
        // One event loop for each processor. The default of Quarkus is two, and they interrupt each other. This is a
        // configuration source and not a default value, because Quarkus would keep the value of the build machine. The
        // ordinal 0 is the lowest, so a property overrides it.
        builder.withSources(new PropertiesConfigSource(
                Map.of(
                        "quarkus.vertx.event-loops-pool-size",
                        String.valueOf(Runtime.getRuntime().availableProcessors())),
                "processors",
                0));
    }
}
