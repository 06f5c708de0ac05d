package backoffice.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The pool of connections with limits that Quarkus has no property for: more than it can serve is refused, not kept. */
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
