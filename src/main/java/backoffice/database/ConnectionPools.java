package backoffice.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connections to PostgreSQL, with what Quarkus has no property for. One of five connections is shared by short reads
 * ({@link Database#read}): their statements are sent without waiting for the answers to those before, which saves PostgreSQL
 * and the service a wake-up for each. The others serve one call at a time. More calls than they can serve are refused.
 * Every statement is prepared under a name, however long it is: an unnamed one is lost where PgBouncer executes it on
 * another connection than it was prepared on.
 */
@Singleton
class ConnectionPools implements PgPoolCreator {

    private static final int SHARE_OF_READS = 5;

    /** So many reads are under way on one connection. */
    private static final int PIPELINING_LIMIT = 16;

    private final DatabaseLimits limits;
    private volatile SqlClient reads;

    ConnectionPools(DatabaseLimits limits) {
        this.limits = limits;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options = new PoolOptions(input.poolOptions())
                .setMaxWaitQueueSize(limits.queue())
                .setConnectionTimeout((int) limits.patience().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        int shared = Math.max(1, options.getMaxSize() / SHARE_OF_READS);
        reads = SqlClient.newInstance(PgBuilder.client()
                .with(new PoolOptions(options).setMaxSize(shared).setName(options.getName() + "-reads"))
                .connectingTo(servers(input, PIPELINING_LIMIT))
                .using(input.vertx())
                .build());
        return PgBuilder.pool()
                .with(new PoolOptions(options).setMaxSize(Math.max(1, options.getMaxSize() - shared)))
                .connectingTo(servers(input, 1))
                .using(input.vertx())
                .build();
    }

    /** The connections of short reads, once the pool is there. */
    SqlClient reads() {
        return reads;
    }

    private List<SqlConnectOptions> servers(Input input, int pipeliningLimit) {
        return input.pgConnectOptionsList().stream()
                .<SqlConnectOptions>map(server -> new PgConnectOptions(server)
                        .setPipeliningLimit(pipeliningLimit)
                        .setPreparedStatementCacheSqlFilter(sql -> true)
                        .setIdleTimeout((int) limits.silence().toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .toList();
    }
}
