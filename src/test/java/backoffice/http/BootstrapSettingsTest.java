package backoffice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class BootstrapSettingsTest {

    private static final String EVENT_LOOPS = "quarkus.vertx.event-loops-pool-size";

    @Test
    void there_is_an_event_loop_for_each_processor() {
        assertEquals(Runtime.getRuntime().availableProcessors(), eventLoops(new SmallRyeConfigBuilder()));
    }

    @Test
    void a_property_sets_another_number_of_event_loops() {
        System.setProperty(EVENT_LOOPS, "7");
        try {
            assertEquals(7, eventLoops(new SmallRyeConfigBuilder().addDefaultSources()));
        } finally {
            System.clearProperty(EVENT_LOOPS);
        }
    }

    private static int eventLoops(SmallRyeConfigBuilder builder) {
        new BootstrapSettings().configBuilder(builder);
        return builder.build().getValue(EVENT_LOOPS, Integer.class);
    }
}
