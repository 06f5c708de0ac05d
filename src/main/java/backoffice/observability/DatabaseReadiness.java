package backoffice.observability;

import backoffice.persistence.Database;
import backoffice.persistence.PostgresErrors;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check of the database (docs/api.md, section 9.1). It is up when the database answers, and has the
 * tables of this version with the rights to read them. Otherwise {@code reason} in its data says why.
 *
 * <p>A call that succeeded within the last second replaces the query, so a busy service stays ready. See docs/adr/0016.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Duration RECENT = Duration.ofSeconds(1);

    private final Database database;
    private final Pool pool;
    private final String probe;

    DatabaseReadiness(
            Database database, Pool pool, @ConfigProperty(name = "backoffice.readiness.tables") String tables) {
        this.database = database;
        this.pool = pool;
        this.probe = "select 1 from " + tables + " where false";
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("database");
        return database.hasSucceededWithin(RECENT)
                ? Uni.createFrom().item(check.up().build())
                : pool.withConnection(connection -> connection.query(probe).execute())
                        .ifNoItem()
                        .after(database.callTimeout())
                        .fail()
                        .map(rows -> check.up().build())
                        .onFailure()
                        .recoverWithItem(failure -> check.down()
                                .withData("reason", PostgresErrors.reason(failure))
                                .build());
    }
}
