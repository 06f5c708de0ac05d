package backoffice.protection;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the connections of clients that go on calling (docs/api.md, section 9.2). After the shutdown delay, Quarkus waits
 * until no call runs, and then closes all connections. With many clients, that may never be, or a new connection may have
 * brought a request that is not read yet. So each answer after SIGTERM closes its connection, and the service takes no new
 * connections in the last part of the delay.
 *
 * <p>Linux resets connections that wait to be accepted when a socket stops listening. Before that moment, answers leave
 * their connections open, so that their clients do not open others.
 */
@ApplicationScoped
class GracefulShutdown {

    private static final int FIRST = 1;
    private static final long KEEP_CONNECTIONS_MILLIS = 1000;
    private static final long TAKE_NO_CONNECTIONS_MILLIS = 400;

    private Route closeConnection;

    /** Vert.x calls routes of the same order as they were added. {@code RequestNormalizer} answers some requests itself. */
    void register(@Observes @Priority(FIRST) Router router) {
        closeConnection = router.route()
                .order(Integer.MIN_VALUE)
                .handler(context -> {
                    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                    context.next();
                })
                .disable();
    }

    void start(
            @Observes ShutdownDelayInitiatedEvent event,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.shutdown.delay", defaultValue = "0s") Duration delay,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        closeConnection.enable();
        long keep = Math.max(1, delay.toMillis() - KEEP_CONNECTIONS_MILLIS);
        long takeNone = Math.max(keep + 1, delay.toMillis() - TAKE_NO_CONNECTIONS_MILLIS);
        // Timers of one time can run in any order, and the last state of the route has to be enabled.
        vertx.setTimer(keep, kept -> {
            closeConnection.disable();
            vertx.setTimer(
                    takeNone - keep,
                    time -> ConnectionInitializer.closeListeners(managementPort)
                            .addListener(closed -> closeConnection.enable()));
        });
    }
}
