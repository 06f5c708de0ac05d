package backoffice.devmode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.FileReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which database dev mode has: the configured one, the container of Dev Services, or the embedded one. */
class EmbeddedPostgresConfigTest {

    private static final String EMBEDDED = "postgresql://localhost:1/embedded";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "dev,  -,             true,  false, " + EMBEDDED,
                "dev,  -,             true,  true,  -",
                "dev,  -,             false, true,  " + EMBEDDED,
                "dev,  postgresql://, true,  false, postgresql://",
                "dev,  postgresql://, true,  true,  postgresql://",
                "prod, -,             true,  false, -"
            })
    void the_embedded_postgresql_is_for_dev_mode_without_a_url_and_without_a_container(
            String profile, String url, String devServices, boolean docker, String expected) {
        Map<String, String> properties = new HashMap<>();
        properties.put(EmbeddedPostgresConfig.DEV_SERVICES, devServices);
        if (url != null) {
            properties.put(EmbeddedPostgresConfig.URL, url);
        }

        assertEquals(expected, urlOf(profile, properties, docker));
    }

    @Test
    void the_settings_of_the_project_allow_dev_services_in_dev_mode() throws IOException {
        Properties settings = new Properties();
        try (Reader file = new FileReader("src/main/resources/application.properties")) {
            settings.load(file);
        }

        assertEquals("true", settings.get("%dev." + EmbeddedPostgresConfig.DEV_SERVICES));
        assertEquals(
                "postgres:" + System.getProperty("backoffice.test.postgres").replaceAll("\\..*", ""),
                settings.get("quarkus.datasource.devservices.image-name"));
    }

    private static String urlOf(String profile, Map<String, String> properties, boolean docker) {
        ConfigSourceFactory factory = new EmbeddedPostgresConfig(() -> docker, () -> EMBEDDED);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile(profile)
                .withSources(new PropertiesConfigSource(properties, "properties", 100))
                .withSources(factory)
                .build();
        return config.getConfigValue(EmbeddedPostgresConfig.URL).getValue();
    }
}
