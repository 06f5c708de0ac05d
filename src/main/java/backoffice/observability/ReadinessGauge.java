package backoffice.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The gauge {@code backoffice.ready}: 1 after a readiness check that was up, otherwise 0. It makes the check itself, because a
 * proxy that follows readiness sends an instance that is down no calls, and no other metric tells of the outage.
 */
@Singleton
class ReadinessGauge {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final SmallRyeHealthReporter health;
    private long timer;
    private volatile int ready;

    ReadinessGauge(Vertx vertx, SmallRyeHealthReporter health) {
        this.vertx = vertx;
        this.health = health;
    }

    /** A command has no readiness. */
    void start(
            @Observes StartupEvent event,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean servesHttp) {
        if (servesHttp) {
            meters.gauge("backoffice.ready", this, gauge -> gauge.ready);
            timer = vertx.setPeriodic(0, PERIOD.toMillis(), id -> check());
        }
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }

    private void check() {
        health.getReadinessAsync().subscribe().with(found -> ready = found.isDown() ? 0 : 1, failure -> ready = 0);
    }
}
