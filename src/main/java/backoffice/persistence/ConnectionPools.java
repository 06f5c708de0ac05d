package backoffice.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Creates the connection pools of the PostgreSQL client, with options that Quarkus has no property for.
 *
 * <p>Short reads ({@link SqlExecutor#read}) share a fifth of the connections. Their statements are pipelined, that is,
 * sent without waiting for the results of earlier ones. One connection serves {@link SqlExecutor#readAside}. Each of
 * the others serves one call at a time. A call that finds the acquire queue full fails. See docs/adr/0005 and 0016.
 *
 * <p>Each statement is prepared under a name, whatever its length. Behind PgBouncer, an unnamed statement can be
 * prepared on one connection and executed on another, where it does not exist.
 *
 * <p>{@link #renew} replaces all connections when the server that they lead to became a standby. With
 * {@code backoffice.replica.url}, {@link #onReplica} gives queries of Hibernate connections to the replica. See
 * docs/adr/0028.
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
    private static final String ON_REPLICA = ConnectionPools.class.getName() + ".replica";
    private static final int CONNECTIONS_PER_READ_CONNECTION = 5;

    /** The most reads in flight on one shared connection. */
    private static final int PIPELINING_LIMIT = 16;

    /** How long calls that run when the connections are replaced may take. */
    private static final long MILLIS_TO_DRAIN = 1000;

    /** The connections to the primary: those of calls, those that short reads share, and the one beside them. */
    private record Connections(Pool calls, SqlClient reads, Pool aside) {

        Future<Void> close() {
            return Future.all(calls.close(), reads.getDelegate().close(), aside.close())
                    .mapEmpty();
        }
    }

    private final DatabaseLimits limits;
    private final ReplicaConfig replicaConfig;
    private final AtomicBoolean draining = new AtomicBoolean();
    private Input input;
    private volatile Connections primary;
    private volatile Pool replica;
    private volatile boolean timeoutsOnConnect = true;

    ConnectionPools(DatabaseLimits limits, ReplicaConfig replicaConfig) {
        this.limits = limits;
        this.replicaConfig = replicaConfig;
    }

    @Override
    public Pool create(Input input) {
        this.input = input;
        primary = openPrimary();
        replica = replicaConfig.url().map(this::openReplica).orElse(null);
        return new RoutedPool(
                () -> isOnReplica() ? replica : primary.calls(),
                () -> replica == null
                        ? primary.close()
                        : Future.all(primary.close(), replica.close()).mapEmpty());
    }

    private Connections openPrimary() {
        int size = input.poolOptions().getMaxSize();
        int shared = Math.max(1, size / CONNECTIONS_PER_READ_CONNECTION);
        PoolOptions calls = options("", Math.max(1, size - shared - 1));
        // A pool that executes statements itself logs errors of its acquire timeout (vertx-sql-client#1706).
        PoolOptions reads = options("-reads", shared).setConnectionTimeout(0);
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        return new Connections(
                open(PgBuilder.pool(), calls, servers, 1),
                SqlClient.newInstance(open(PgBuilder.client(), reads, servers, PIPELINING_LIMIT)),
                open(PgBuilder.pool(), options("-aside", 1), servers, 1));
    }

    private Pool openReplica(String url) {
        PgConnectOptions address = PgConnectOptions.fromUri(url);
        PgConnectOptions server = new PgConnectOptions(
                        input.pgConnectOptionsList().get(0))
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setDatabase(address.getDatabase());
        PoolOptions options = options("-replica", input.poolOptions().getMaxSize());
        // The primary must have time to answer a call that gets no connection to the replica.
        int millisToConnect = options.getConnectionTimeout() / 4;
        return open(PgBuilder.pool(), options.setConnectionTimeout(millisToConnect), List.of(server), 1);
    }

    private <C> C open(ClientBuilder<C> client, PoolOptions options, List<PgConnectOptions> servers, int pipelining) {
        client.with(options).connectingTo(servers(servers, pipelining)).using(input.vertx());
        return client.build();
    }

    private PoolOptions options(String suffix, int size) {
        PoolOptions options = new PoolOptions(input.poolOptions());
        return options.setName(options.getName() + suffix)
                .setMaxSize(size)
                .setMaxWaitQueueSize(limits.acquireQueueSize())
                .setConnectionTimeout((int) limits.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** The shared connections for short reads. */
    SqlClient readClient() {
        return primary.reads();
    }

    /** The connection for statements that calls may not delay. */
    io.vertx.mutiny.sqlclient.Pool asidePool() {
        return io.vertx.mutiny.sqlclient.Pool.newInstance(primary.aside());
    }

    /** The connections to the replica. Requires {@code backoffice.replica.url}. */
    io.vertx.mutiny.sqlclient.Pool replica() {
        return io.vertx.mutiny.sqlclient.Pool.newInstance(replica);
    }

    /**
     * Runs work whose sessions of Hibernate get connections to the replica. Requires {@code backoffice.replica.url}.
     * The work has a context of its own, because a session belongs to a context: the call can go on with another
     * session in its context when the replica does not answer in time.
     */
    <T> Uni<T> onReplica(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(result -> {
            Context caller = Vertx.currentContext();
            Context own = VertxContext.createNewDuplicatedContext(caller);
            VertxContextSafetyToggle.setContextSafe(own, true);
            long timer = input.vertx()
                    .setTimer(
                            limits.callTimeout().multipliedBy(3).dividedBy(4).toMillis(),
                            id -> result.fail(new TimeoutException("no answer of the replica")));
            own.runOnContext(start -> {
                ContextLocals.put(ON_REPLICA, true);
                Uni.createFrom()
                        .<T>deferred(work::get)
                        .onTermination()
                        .invoke(() -> input.vertx().cancelTimer(timer))
                        .subscribe()
                        .with(
                                item -> caller.runOnContext(end -> result.complete(item)),
                                failure -> caller.runOnContext(end -> result.fail(failure)));
            });
        });
    }

    private boolean isOnReplica() {
        return replica != null
                && VertxContext.isOnDuplicatedContext()
                && ContextLocals.<Boolean>get(ON_REPLICA).isPresent();
    }

    /**
     * Opens new connections for all calls from now on, and closes the present ones a second later. Does nothing within
     * that second, so there are not many more than twice as many connections as configured. Calls of other event loops
     * wait for the new connections. Otherwise, they would try again on the present ones.
     */
    synchronized void renew() {
        if (draining.compareAndSet(false, true)) {
            LOG.warn("The server does not take changes, as a standby does. New connections replace all present ones.");
            Connections old = primary;
            primary = openPrimary();
            input.vertx().setTimer(MILLIS_TO_DRAIN, id -> {
                draining.set(false);
                old.close();
            });
        }
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

    /** Supplies the servers round robin, one for each connection that is opened. */
    private Supplier<Future<SqlConnectOptions>> servers(List<PgConnectOptions> servers, int pipeliningLimit) {
        int socketIdleMillis = (int) limits.socketIdleTimeout().toMillis();
        AtomicInteger opened = new AtomicInteger();
        return () -> {
            PgConnectOptions server =
                    new PgConnectOptions(servers.get(Math.floorMod(opened.getAndIncrement(), servers.size())));
            if (timeoutsOnConnect) {
                addTimeout(server, STATEMENT_TIMEOUT, limits.statementTimeout());
                addTimeout(server, IDLE_IN_TRANSACTION_TIMEOUT, limits.idleInTransactionTimeout());
            }
            // At the idle timeout, the client says goodbye and waits for the server to close the connection. A server
            // that vanished does not even acknowledge it.
            server.setTcpUserTimeout(socketIdleMillis);
            return Future.succeededFuture(server.setPipeliningLimit(pipeliningLimit)
                    .setPreparedStatementCacheSqlFilter(sql -> true)
                    .setIdleTimeout(socketIdleMillis)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        };
    }

    private static void addTimeout(PgConnectOptions server, String property, Duration timeout) {
        if (!timeout.isZero()) {
            server.addProperty(property, String.valueOf(timeout.toMillis()));
        }
    }
}
