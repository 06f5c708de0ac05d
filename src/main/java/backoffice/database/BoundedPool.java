package backoffice.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of connections, with what Quarkus has no property for. More calls than it can serve are refused, not kept.
 * Every statement is prepared under a name, however long it is: an unnamed one is lost where PgBouncer executes it on
 * another connection than it was prepared on.
 */
@Singleton
class BoundedPool implements PgPoolCreator {

    private final DatabaseLimits limits;

    BoundedPool(DatabaseLimits limits) {
        this.limits = limits;
    }

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList()
                .forEach(connection -> connection
                        .setPreparedStatementCacheSqlFilter(sql -> true)
                        .setIdleTimeout((int) limits.silence().toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        return PgBuilder.pool()
                .with(input.poolOptions()
                        .setMaxWaitQueueSize(limits.queue())
                        .setConnectionTimeout((int) limits.patience().toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(List.copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
