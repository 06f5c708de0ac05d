package backoffice.devmode;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.RepositoryFiles;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevModeTest {

    private static final String SETTINGS = RepositoryFiles.text(Path.of("src/main/resources/application.properties"));

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        dev,  -,             false, postgresql://localhost:1/postgres
        dev,  -,             true,  -
        dev,  postgresql://, false, postgresql://
        dev,  postgresql://, true,  postgresql://
        prod, -,             false, -
        """)
    void the_embedded_postgresql_is_for_dev_mode_without_a_url_and_without_a_container(
            String profile, String url, String devServices, String expected) {
        Map<String, String> properties = new HashMap<>();
        properties.put(EmbeddedPostgresConfig.DEV_SERVICES, devServices);
        if (url != null) {
            properties.put(EmbeddedPostgresConfig.URL, url);
        }

        String configured = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile(profile)
                .withSources(new PropertiesConfigSource(properties, "properties", 100))
                .withSources(new EmbeddedPostgresConfig() {
                    @Override
                    int portOfServer() {
                        return 1;
                    }
                })
                .build()
                .getConfigValue(EmbeddedPostgresConfig.URL)
                .getValue();

        assertEquals(expected, configured);
    }

    /** Quarkus looks at other files than sources and settings only when it is told to. */
    @Test
    void a_changed_message_restarts_dev_mode() {
        Path resources = Path.of("src/main/resources");

        String messages = RepositoryFiles.below("src/main/resources/backoffice/envelope")
                .map(file -> resources.relativize(file).toString())
                .sorted()
                .collect(joining(","));

        assertTrue(SETTINGS.contains("\nquarkus.live-reload.watched-resources=" + messages + "\n"), messages);
    }

    @Test
    void the_call_to_paste_has_the_key_of_the_settings_and_the_port_that_dev_mode_listens_on() {
        String welcome = Welcome.text(4711);

        Matcher call = Pattern.compile("curl -H 'bitkey: (\\S+)' http://localhost:4711/")
                .matcher(welcome);
        assertTrue(call.find(), welcome);
        assertTrue(SETTINGS.contains("\n%dev.backoffice.bitkeys.dev=" + call.group(1) + "\n"));
        assertFalse(Pattern.compile("localhost:(?!4711/)").matcher(welcome).find(), welcome);
    }
}
