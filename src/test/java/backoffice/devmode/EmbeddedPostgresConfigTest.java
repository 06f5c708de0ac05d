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

    private static final String EMBEDDED = "postgresql://localhost:1/postgres";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "dev,  -,             false, " + EMBEDDED,
                "dev,  -,             true,  -",
                "dev,  postgresql://, false, postgresql://",
                "dev,  postgresql://, true,  postgresql://",
                "prod, -,             false, -"
            })
    void the_embedded_postgresql_is_for_dev_mode_without_a_url_and_without_a_container(
            String profile, String url, String devServices, String expected) {
        Map<String, String> properties = new HashMap<>();
        properties.put(EmbeddedPostgresConfig.DEV_SERVICES, devServices);
        if (url != null) {
            properties.put(EmbeddedPostgresConfig.URL, url);
        }

        assertEquals(expected, urlOf(profile, properties));
    }

    @Test
    void dev_services_have_the_version_of_postgresql_that_tests_have() throws IOException {
        Properties settings = new Properties();
        try (Reader file = new FileReader("src/main/resources/application.properties")) {
            settings.load(file);
        }

        assertEquals(
                "postgres:" + System.getProperty("backoffice.test.postgres").replaceAll("\\..*", ""),
                settings.get("quarkus.datasource.devservices.image-name"));
    }

    private static String urlOf(String profile, Map<String, String> properties) {
        ConfigSourceFactory factory = new EmbeddedPostgresConfig(() -> 1);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile(profile)
                .withSources(new PropertiesConfigSource(properties, "properties", 100))
                .withSources(factory)
                .build();
        return config.getConfigValue(EmbeddedPostgresConfig.URL).getValue();
    }
}
