package backoffice.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The connections to PostgreSQL, with what Quarkus has no property for. One of five connections is shared by short reads
 * ({@link SqlExecutor#read}): their statements are sent without waiting for the answers to those before, which saves PostgreSQL
 * and the service a wake-up for each. The others serve one call at a time. More calls than they can serve are refused.
 * Every statement is prepared under a name, however long it is: an unnamed one is lost where PgBouncer executes it on
 * another connection than it was prepared on.
 *
 * <p>A connection is opened with the times after which PostgreSQL ends its statements and transactions. PgBouncer refuses such
 * a connection; then {@link SqlExecutor} sets them in each transaction.
 */
@Singleton
class ConnectionPools implements PgPoolCreator {

    private static final Logger LOG = Logger.getLogger(ConnectionPools.class);
    private static final String STATEMENT = "statement_timeout";
    private static final String IDLE_IN_TRANSACTION = "idle_in_transaction_session_timeout";
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final int SHARE_OF_READS = 5;

    /** So many reads are under way on one connection. */
    private static final int PIPELINING_LIMIT = 16;

    private final DatabaseLimits limits;
    private volatile SqlClient reads;
    private volatile boolean timeoutsOnConnect = true;

    ConnectionPools(DatabaseLimits limits) {
        this.limits = limits;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options = new PoolOptions(input.poolOptions())
                .setMaxWaitQueueSize(limits.acquireQueueSize())
                .setConnectionTimeout((int) limits.acquireTimeout().toMillis())
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

    /** Whether connections are opened with the timeouts after which PostgreSQL ends statements and transactions. */
    boolean setsTimeoutsOnConnect() {
        return timeoutsOnConnect;
    }

    /** Whether a failure says that a pooler refuses connections with these timeouts. */
    static boolean refusesTimeouts(Throwable failure) {
        // PgBouncer has one SQLSTATE for all that it refuses; it names the parameter, in English alone.
        return failure instanceof PgException report
                && PROTOCOL_VIOLATION.equals(report.getSqlState())
                && Stream.of(STATEMENT, IDLE_IN_TRANSACTION).anyMatch(report.getErrorMessage()::contains);
    }

    /** From now on, connections are opened without the timeouts, and each transaction sets them. */
    void setTimeoutsInTransactions() {
        if (timeoutsOnConnect) {
            timeoutsOnConnect = false;
            LOG.info("A pooler in front of PostgreSQL refuses statement_timeout as a connection parameter. "
                    + "Each transaction sets it instead.");
        }
    }

    /** The servers in turn, each time that a connection is opened. */
    private Supplier<Future<SqlConnectOptions>> servers(Input input, int pipeliningLimit) {
        AtomicInteger turn = new AtomicInteger();
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        return () -> {
            PgConnectOptions server =
                    new PgConnectOptions(servers.get(Math.floorMod(turn.getAndIncrement(), servers.size())));
            if (timeoutsOnConnect) {
                limit(server, STATEMENT, limits.statementTimeout());
                limit(server, IDLE_IN_TRANSACTION, limits.idleInTransactionTimeout());
            }
            return Future.succeededFuture(server.setPipeliningLimit(pipeliningLimit)
                    .setPreparedStatementCacheSqlFilter(sql -> true)
                    .setIdleTimeout((int) limits.socketIdleTimeout().toMillis())
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        };
    }

    private static void limit(PgConnectOptions server, String property, Duration time) {
        if (!time.isZero()) {
            server.addProperty(property, String.valueOf(time.toMillis()));
        }
    }
}
