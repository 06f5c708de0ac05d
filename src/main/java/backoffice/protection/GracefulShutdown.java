package backoffice.protection;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets the service exit soon after the shutdown delay, also when clients go on calling (docs/api.md, section 9.2). After
 * the delay, Quarkus waits until no call runs. From SIGTERM on, Quarkus closes the connection after each answer of
 * HTTP/1.1. This class does so for HTTP/1.0, and takes no new connections in the last part of the delay.
 */
@ApplicationScoped
class GracefulShutdown {

    private static final int FIRST = 1;
    private static final long TAKE_NO_CONNECTIONS_MILLIS = 400;

    private Route closing;

    /** Vert.x calls routes of the same order as they were added. {@code RequestNormalizer} answers some requests itself. */
    void register(@Observes @Priority(FIRST) Router router) {
        closing = router.route()
                .order(Integer.MIN_VALUE)
                .handler(GracefulShutdown::closeHttp10)
                .disable();
    }

    /** Vert.x writes {@code Connection: keep-alive} into an answer of HTTP/1.0 just before the headers end. */
    private static void closeHttp10(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_1_0) {
            context.addHeadersEndHandler(
                    head -> context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
            context.addEndHandler(end -> context.request().connection().close());
        }
        context.next();
    }

    void start(
            @Observes ShutdownDelayInitiatedEvent event,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0s") Duration delay,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        closing.enable();
        long millis = Math.max(1, delay.toMillis() - TAKE_NO_CONNECTIONS_MILLIS);
        vertx.setTimer(millis, time -> ConnectionLimiter.stopListening(managementPort));
    }
}
