package backoffice.observability;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.netty.MainEventLoopGroup;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * The liveness check of the event loops (docs/api.md, section 9.1). It is up when each event loop runs a task within
 * two seconds. An event loop that has ended or is blocked serves its connections no more, and the others do not notice.
 *
 * <p>The time is shorter than that of the probe in {@code k8s/}, which kills a pod after three failures. So a loop that
 * is busy for some seconds kills no pod.
 */
@Liveness
@ApplicationScoped
class EventLoopLiveness implements AsyncHealthCheck {

    private static final Duration MAX_ANSWER = Duration.ofSeconds(2);

    private final EventLoopGroup group;

    EventLoopLiveness(@MainEventLoopGroup EventLoopGroup group) {
        this.group = group;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("event loops");
        List<EventExecutor> loops =
                StreamSupport.stream(group.spliterator(), false).toList();
        AtomicInteger silent = new AtomicInteger(loops.size());
        return Uni.join()
                .all(loops.stream()
                        .map(loop -> answer(loop).invoke(silent::decrementAndGet))
                        .toList())
                .andCollectFailures()
                .ifNoItem()
                .after(MAX_ANSWER)
                .fail()
                .map(all -> check.up().build())
                .onFailure()
                .recoverWithItem(failure -> check.down()
                        .withData("reason", "%d of %d event loops do not answer".formatted(silent.get(), loops.size()))
                        .build());
    }

    /** Fails at once when the event loop has ended. */
    private static Uni<Void> answer(EventExecutor loop) {
        return Uni.createFrom().emitter(answer -> loop.execute(() -> answer.complete(null)));
    }
}
