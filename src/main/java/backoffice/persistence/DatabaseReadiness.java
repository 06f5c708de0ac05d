package backoffice.persistence;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether calls can be served: the database answers, with tables that this version knows and may use. If not, {@code reason} tells
 * why. A busy service is ready: what it answered a moment ago stands for the question.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final String PROBE = "select 1 from customer_group, customer, replay, tally where false";

    private final SqlExecutor database;
    private final Pool pool;

    DatabaseReadiness(SqlExecutor database, Pool pool) {
        this.database = database;
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("database");
        return database.hasAnsweredWithin(A_MOMENT)
                ? Uni.createFrom().item(answer.up().build())
                : pool.query(PROBE)
                        .execute()
                        .ifNoItem()
                        .after(database.callTimeout())
                        .fail()
                        .map(none -> answer.up().build())
                        .onFailure()
                        .recoverWithItem(failure -> answer.down()
                                .withData("reason", PostgresErrors.reason(failure))
                                .build());
    }
}
