package backoffice.protection;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the shutdown early when clients go on calling (docs/api.md, section 9.2). After the shutdown delay, Quarkus waits
 * until no call runs. With many clients, that may never be, so the service takes no new connections from then on. Each
 * open connection ends with its next answer, because {@code http/RequestNormalizer} says so in it.
 */
@ApplicationScoped
class GracefulShutdown {

    void start(
            @Observes ShutdownDelayInitiatedEvent event,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0s") Duration delay,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        vertx.setTimer(Math.max(1, delay.toMillis()), elapsed -> ConnectionInitializer.closeListeners(managementPort));
    }
}
