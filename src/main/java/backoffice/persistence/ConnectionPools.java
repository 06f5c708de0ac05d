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
 * Creates the connection pools of the PostgreSQL client, with options that Quarkus has no property for.
 *
 * <p>Short reads ({@link SqlExecutor#read}) share a fifth of the connections. Their statements are pipelined, that is,
 * sent without waiting for the results of earlier ones. Each of the other connections serves one call at a time. A call
 * that finds the acquire queue full fails. See docs/adr/0005 and docs/adr/0016.
 *
 * <p>Each statement is prepared under a name, whatever its length. Behind PgBouncer, an unnamed statement can be
 * prepared on one connection and executed on another, where it does not exist.
 *
 * <p>A connection is opened with the timeouts after which PostgreSQL ends its statements and transactions. PgBouncer
 * can refuse such a connection. {@link SqlExecutor} then sets the timeouts in each transaction.
 */
@Singleton
class ConnectionPools implements PgPoolCreator {

    private static final Logger LOG = Logger.getLogger(ConnectionPools.class);
    private static final String STATEMENT_TIMEOUT = "statement_timeout";
    private static final String IDLE_IN_TRANSACTION_TIMEOUT = "idle_in_transaction_session_timeout";
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final int CONNECTIONS_PER_READ_CONNECTION = 5;

    /** The most reads in flight on one shared connection. */
    private static final int PIPELINING_LIMIT = 16;

    private final DatabaseLimits limits;
    private volatile SqlClient readClient;
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
        int readConnections = Math.max(1, options.getMaxSize() / CONNECTIONS_PER_READ_CONNECTION);
        readClient = SqlClient.newInstance(PgBuilder.client()
                .with(new PoolOptions(options).setMaxSize(readConnections).setName(options.getName() + "-reads"))
                .connectingTo(servers(input, PIPELINING_LIMIT))
                .using(input.vertx())
                .build());
        return PgBuilder.pool()
                .with(new PoolOptions(options).setMaxSize(Math.max(1, options.getMaxSize() - readConnections)))
                .connectingTo(servers(input, 1))
                .using(input.vertx())
                .build();
    }

    /** The shared connections for short reads. Null until {@link #create} has run. */
    SqlClient readClient() {
        return readClient;
    }

    /** Whether new connections are opened with the timeouts of statements and transactions. */
    boolean setsTimeoutsOnConnect() {
        return timeoutsOnConnect;
    }

    /** Whether a failure says that a pooler refuses connections with these timeouts as parameters. */
    static boolean refusesTimeouts(Throwable failure) {
        // PgBouncer has one SQLSTATE for everything that it refuses. Its message names the parameter
        // and is always in English.
        return failure instanceof PgException error
                && PROTOCOL_VIOLATION.equals(error.getSqlState())
                && Stream.of(STATEMENT_TIMEOUT, IDLE_IN_TRANSACTION_TIMEOUT)
                        .anyMatch(error.getErrorMessage()::contains);
    }

    /** Opens new connections without the timeouts from now on. Each transaction has to set them then. */
    void setTimeoutsInTransactions() {
        if (timeoutsOnConnect) {
            timeoutsOnConnect = false;
            LOG.info("A pooler in front of PostgreSQL refuses statement_timeout as a connection parameter. "
                    + "Each transaction sets it instead.");
        }
    }

    /** Supplies the servers of the URL round robin, one for each connection that is opened. */
    private Supplier<Future<SqlConnectOptions>> servers(Input input, int pipeliningLimit) {
        AtomicInteger opened = new AtomicInteger();
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        return () -> {
            PgConnectOptions server =
                    new PgConnectOptions(servers.get(Math.floorMod(opened.getAndIncrement(), servers.size())));
            if (timeoutsOnConnect) {
                addTimeout(server, STATEMENT_TIMEOUT, limits.statementTimeout());
                addTimeout(server, IDLE_IN_TRANSACTION_TIMEOUT, limits.idleInTransactionTimeout());
            }
            return Future.succeededFuture(server.setPipeliningLimit(pipeliningLimit)
                    .setPreparedStatementCacheSqlFilter(sql -> true)
                    .setIdleTimeout((int) limits.socketIdleTimeout().toMillis())
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        };
    }

    private static void addTimeout(PgConnectOptions server, String property, Duration timeout) {
        if (!timeout.isZero()) {
            server.addProperty(property, String.valueOf(timeout.toMillis()));
        }
    }
}
