package backoffice.devmode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.LogListener;
import io.quarkus.runtime.ValueRegistryImpl;
import io.quarkus.value.registry.ValueRegistry;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the log of dev mode shows when the service listens. */
class DevModeWelcomeTest {

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
