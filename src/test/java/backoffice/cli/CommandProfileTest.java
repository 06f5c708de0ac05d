package backoffice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.configuration.QuarkusConfigBuilderCustomizer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profiles of a command are those of the service and {@code command}. */
class CommandProfileTest {

    private static final String RUNS_COMMAND = "backoffice.runs-command";

    @AfterEach
    void noCommandRuns() {
        System.clearProperty(RUNS_COMMAND);
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.profile,         staging,            staging command",
        "quarkus.profile,         'prod, eu,staging', prod eu staging command",
        "smallrye.config.profile, staging,            staging command",
        "other,                   staging,            prod command"
    })
    void a_command_keeps_the_profiles_that_are_named_and_its_own_comes_last(
            String property, String profiles, String expected) {
        CommandProfile.activate();

        assertEquals(Arrays.asList(expected.split(" ")), profiles(Map.of(property, profiles)));
    }

    @Test
    void the_service_has_the_profiles_that_are_named_alone() {
        assertEquals(List.of("staging"), profiles(Map.of("quarkus.profile", "staging")));
    }

    @Test
    void values_of_the_profile_command_win() {
        CommandProfile.activate();

        SmallRyeConfig config = config(Map.of(
                "quarkus.profile", "staging",
                "%staging.a", "of staging",
                "%command.a", "of command",
                "%staging.b", "of staging",
                "%prod.c", "of prod",
                "c", "of all"));

        assertEquals("of command", config.getConfigValue("a").getValue());
        assertEquals("of staging", config.getConfigValue("b").getValue());
        assertEquals("of all", config.getConfigValue("c").getValue());
    }

    /** In the order in which the configuration names them: a later one overrides those before it. */
    private static List<String> profiles(Map<String, String> properties) {
        List<String> profiles = config(properties).getProfiles();
        Collections.reverse(profiles);
        return profiles;
    }

    private static SmallRyeConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withCustomizers(new QuarkusConfigBuilderCustomizer(), new CommandProfile())
                .withSources(new PropertiesConfigSource(properties, "properties", 300))
                .build();
    }
}
