package backoffice.devmode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.LogListener;
import backoffice.testsupport.RepositoryFiles;
import io.quarkus.runtime.ValueRegistryImpl;
import io.quarkus.value.registry.ValueRegistry;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevModeTest {

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
                .withSources(new EmbeddedPostgresConfig(() -> 1))
                .build()
                .getConfigValue(EmbeddedPostgresConfig.URL)
                .getValue();

        assertEquals(expected, configured);
    }

    @Test
    void dev_services_have_the_version_of_postgresql_that_tests_have() {
        String settings = RepositoryFiles.text(Path.of("src/main/resources/application.properties"));
        String version = System.getProperty("backoffice.test.postgres").replaceAll("\\..*", "");

        assertTrue(settings.contains("\nquarkus.datasource.devservices.image-name=postgres:" + version + "\n"));
    }

    @Test
    void the_call_to_paste_has_an_address_that_is_known_after_the_event() {
        ValueRegistry registry = ValueRegistryImpl.builder().build();
        DevModeWelcome welcome = new DevModeWelcome(new SmallRyeConfigBuilder().build());
        List<String> log = new CopyOnWriteArrayList<>();
        LogListener listener = new LogListener(DevModeWelcome.class.getName(), line -> log.add(line.getMessage()));

        try {
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                    .execute(() -> registry.register(HttpServer.LOCAL_BASE_URI, URI.create("http://localhost:8081")));
            welcome.onListening(new HttpServerStart(new HttpServerOptions()), HttpServer.INFO.get(registry));
        } finally {
            listener.close();
        }

        assertTrue(log.toString().contains("http://localhost:8081/bitanswer/api/customer_groups"), log::toString);
    }
}
