package backoffice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlySettingsTest {

    private static final String EVENT_LOOPS = "quarkus.vertx.event-loops-pool-size";

    @Test
    void there_is_an_event_loop_for_each_processor_unless_a_property_sets_another_number() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        new EarlySettings().configBuilder(builder);
        assertEquals(Runtime.getRuntime().availableProcessors(), builder.build().getValue(EVENT_LOOPS, Integer.class));

        builder.withSources(new PropertiesConfigSource(Map.of(EVENT_LOOPS, "7"), "application", 250));
        assertEquals(7, builder.build().getValue(EVENT_LOOPS, Integer.class));
    }
}
