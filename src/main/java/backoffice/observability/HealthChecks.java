package backoffice.observability;

import backoffice.persistence.DatabaseAvailability;
import backoffice.persistence.PostgresErrors;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.netty.MainEventLoopGroup;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The health checks of docs/api.md, section 9.1. The data of one that is down has the {@code reason}. */
@Singleton
public class HealthChecks {

    private static final Duration RECENT = Duration.ofSeconds(1);

    /**
     * The time is shorter than that of the probe in {@code k8s/}, which kills a pod after three failures. So a loop that
     * is busy for some seconds kills no pod.
     */
    private static final Duration MAX_ANSWER_OF_LOOP = Duration.ofSeconds(2);

    /**
     * Up when the database answers, and has the tables of this version with the rights to read them. A call that
     * succeeded within the last second replaces the query, so a busy service stays ready. See docs/adr/0016.
     */
    @Produces
    @Singleton
    @Readiness
    static AsyncHealthCheck database(
            DatabaseAvailability availability,
            Pool pool,
            @ConfigProperty(name = "backoffice.database.call-timeout") Duration callTimeout,
            @ConfigProperty(name = "backoffice.readiness.tables") String tables) {
        String probe = "select 1 from " + tables + " where false";
        return () -> check(
                "database",
                availability.hasSucceededWithin(RECENT)
                        ? Uni.createFrom().voidItem()
                        : pool.withConnection(
                                        connection -> connection.query(probe).execute())
                                .ifNoItem()
                                .after(callTimeout)
                                .fail(),
                PostgresErrors::reason);
    }

    /** Up when each event loop runs a task in time. One that is blocked or has ended serves its connections no more. */
    @Produces
    @Singleton
    @Liveness
    static AsyncHealthCheck eventLoops(@MainEventLoopGroup EventLoopGroup group) {
        List<EventExecutor> loops =
                StreamSupport.stream(group.spliterator(), false).toList();
        return () -> check(
                "event loops",
                Uni.join()
                        .all(loops.stream().map(HealthChecks::answer).toList())
                        .andFailFast()
                        .ifNoItem()
                        .after(MAX_ANSWER_OF_LOOP)
                        .fail(),
                failure -> "one of %d event loops does not answer".formatted(loops.size()));
    }

    /** Fails at once when the event loop has ended. */
    private static Uni<Void> answer(EventExecutor loop) {
        return Uni.createFrom().emitter(answer -> loop.execute(() -> answer.complete(null)));
    }

    /** Up when an answer comes; after a failure, down with its reason. */
    public static Uni<HealthCheckResponse> check(String name, Uni<?> up, Function<Throwable, String> reason) {
        HealthCheckResponseBuilder check = HealthCheckResponse.named(name);
        return up.map(answer -> check.up().build())
                .onFailure()
                .recoverWithItem(failure ->
                        check.down().withData("reason", reason.apply(failure)).build());
    }
}
