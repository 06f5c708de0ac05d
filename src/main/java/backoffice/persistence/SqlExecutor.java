package backoffice.persistence;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Executes statements and transactions in PostgreSQL, with the call timeout and retries. When the database is out of
 * reach, overloaded or silent, the call fails with status 5001 (docs/api.md, section 8.3). The response says nothing
 * about the inside of the service; the reason is logged.
 */
@Singleton
public class SqlExecutor {

    private static final Logger LOG = Logger.getLogger(SqlExecutor.class);
    private static final int MAX_ATTEMPTS = 5;
    private static final String TRANSACTION_KEY = SqlExecutor.class.getName();

    /** PostgreSQL 17 has a privilege for it. Before, the owner alone may do it. */
    private static final String MAY_ANALYZE = """
            select case when cast(current_setting('server_version_num') as int) >= 170000
                then has_table_privilege(oid, 'maintain') else pg_has_role(relowner, 'usage') end
            from pg_class where oid = cast('customer' as regclass)
            """;

    private final OutageLog outages = new OutageLog();
    private final Duration callTimeout;
    private final String setTimeoutsSql;
    private final Vertx vertx;
    private final Pool pool;
    private final ConnectionPools pools;
    private final ReplicaReads replica;
    private volatile long lastSuccess = System.nanoTime() - Duration.ofDays(1).toNanos();

    SqlExecutor(DatabaseLimits limits, Vertx vertx, Pool pool, ConnectionPools pools, ReplicaReads replica) {
        this.callTimeout = limits.callTimeout();
        this.setTimeoutsSql = ("select set_config('statement_timeout', '%d', true), "
                        + "set_config('idle_in_transaction_session_timeout', '%d', true)")
                .formatted(
                        limits.statementTimeout().toMillis(),
                        limits.idleInTransactionTimeout().toMillis());
        this.vertx = vertx;
        this.pool = pool;
        this.pools = pools;
        this.replica = replica;
    }

    /** Whether a call has succeeded within this time. */
    boolean hasSucceededWithin(Duration time) {
        return System.nanoTime() - lastSuccess < time.toNanos();
    }

    /** How long a call waits for PostgreSQL before it fails with status 5001. */
    Duration callTimeout() {
        return callTimeout;
    }

    /**
     * Executes one query of Hibernate for the vendor, in a session, a transaction and a snapshot of its own. It can
     * read from a replica, see {@link ReplicaReads}.
     */
    <T> Uni<T> withSession(String vendor, Supplier<Uni<T>> query) {
        return executeWithRetries(
                () -> replica.read(vendor, this::session, query), PostgresErrors::isSerializationFailureOrDeadlock);
    }

    private <T> Uni<T> session(Supplier<Uni<T>> query) {
        return pools.setsTimeoutsOnConnect()
                ? Panache.withSession(query)
                : Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(setTimeoutsSql, Object[].class)
                                .getSingleResult())
                        .chain(timeouts -> query.get()));
    }

    /**
     * Executes one short statement, outside of any transaction, on a connection that concurrent calls share. A slow
     * statement would delay theirs.
     */
    public Uni<RowSet<Row>> read(String sql, Tuple parameters) {
        return executeWithRetries(
                () -> pools.setsTimeoutsOnConnect()
                        ? send(pools.readClient(), sql, parameters)
                        : transactionWithTimeouts(pool, connection -> send(connection, sql, parameters)),
                PostgresErrors::isSerializationFailureOrDeadlock);
    }

    /**
     * Executes one statement, as {@link #read}, on a connection beside those of the calls. It delays no call while it
     * waits for a lock, and no number of calls delays it.
     */
    public Uni<RowSet<Row>> readAside(String sql, Tuple parameters) {
        return executeWithRetries(
                () -> sendAlone(pools.asidePool(), sql, parameters), PostgresErrors::isSerializationFailureOrDeadlock);
    }

    /**
     * Executes one statement for the vendor in the transaction of the call. Without one, the statement is a transaction
     * of its own, and is retried after a serialization failure or a deadlock.
     */
    Uni<RowSet<Row>> execute(String vendor, String sql, Tuple parameters) {
        Optional<SqlConnection> transaction = ContextLocals.get(TRANSACTION_KEY);
        return transaction
                .map(connection -> send(connection, sql, parameters))
                .orElseGet(() -> executeWithRetries(
                        () -> recordChange(vendor, sendAlone(pool, sql, parameters)),
                        PostgresErrors::isSerializationFailureOrDeadlock));
    }

    /** Takes a connection first, because of a defect of the pool; see {@link ConnectionPools}. */
    private Uni<RowSet<Row>> sendAlone(Pool connections, String sql, Tuple parameters) {
        Function<SqlConnection, Uni<RowSet<Row>>> statement = connection -> send(connection, sql, parameters);
        return pools.setsTimeoutsOnConnect()
                ? connections.withConnection(statement)
                : transactionWithTimeouts(connections, statement);
    }

    private static Uni<RowSet<Row>> send(SqlClient client, String sql, Tuple parameters) {
        LOG.debug(sql);
        return client.preparedQuery(sql).execute(parameters);
    }

    /**
     * Executes work for the vendor as one transaction. When another transaction conflicts with it, it is retried from
     * the start, up to five attempts in all, so the work must have no effect outside of the database. Within a
     * transaction, the work joins that one, and is retried with it. See docs/adr/0009.
     */
    public <T> Uni<T> transaction(String vendor, Supplier<Uni<T>> work) {
        return ContextLocals.get(TRANSACTION_KEY).isPresent()
                ? work.get()
                : executeWithRetries(
                        () -> recordChange(
                                vendor, transactionWithTimeouts(pool, connection -> inTransaction(connection, work))),
                        PostgresErrors::isConflict);
    }

    /** Records also a change that fails, because a repeated request fails with the stored response of its change. */
    private <T> Uni<T> recordChange(String vendor, Uni<T> change) {
        return replica.isConfigured()
                ? change.onItemOrFailure()
                        .call((result, failure) -> failure != null && PostgresErrors.isUnavailability(failure)
                                ? Uni.createFrom().voidItem()
                                : replica.recordChange(vendor))
                : change;
    }

    /** Executes work as one transaction, like {@link #transaction}, and rolls it back at its end. */
    public <T> Uni<T> dryRun(String vendor, Supplier<Uni<T>> work) {
        AtomicReference<T> result = new AtomicReference<>();
        return transaction(
                        vendor,
                        () -> work.get()
                                .invoke(result::set)
                                .<T>chain(() -> Uni.createFrom().failure(new EndOfDryRun())))
                .onFailure(EndOfDryRun.class)
                .recoverWithItem(result::get);
    }

    /**
     * Refreshes the statistics of PostgreSQL's planner, which a bulk import makes outdated.
     *
     * @return false when the user of the database may not do that; autovacuum does it about a minute later then
     */
    public Uni<Boolean> refreshStatistics(String vendor) {
        return execute(vendor, MAY_ANALYZE, Tuple.tuple())
                .map(rows -> rows.iterator().next().getBoolean(0))
                .call(allowed -> allowed
                        ? execute(vendor, "analyze customer_group, customer", Tuple.tuple())
                        : Uni.createFrom().voidItem());
    }

    /** Makes the transaction of a dry run roll back. */
    private static final class EndOfDryRun extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private EndOfDryRun() {
            super("end of a dry run", null, false, false);
        }
    }

    private <T> Uni<T> transactionWithTimeouts(Pool connections, Function<SqlConnection, Uni<T>> work) {
        return connections.withTransaction(connection -> pools.setsTimeoutsOnConnect()
                ? work.apply(connection)
                : connection.preparedQuery(setTimeoutsSql).execute().chain(() -> work.apply(connection)));
    }

    private static <T> Uni<T> inTransaction(SqlConnection connection, Supplier<Uni<T>> work) {
        ContextLocals.put(TRANSACTION_KEY, connection);
        return work.get().onTermination().invoke(() -> ContextLocals.remove(TRANSACTION_KEY));
    }

    /**
     * Executes work with the call timeout and retries. The timeout and a client that hangs up end the waiting and never
     * the work, because a connection must not go back to the pool in the middle of a transaction. See docs/adr/0010.
     *
     * <p>The timer is one of Vert.x, which releases a cancelled timer at once. A timer of Mutiny would hold each call
     * in memory until its timeout.
     */
    private <T> Uni<T> executeWithRetries(Supplier<Uni<T>> work, Predicate<Throwable> retryable) {
        return Uni.createFrom()
                .<T>emitter(result -> {
                    long timer = vertx.setTimer(
                            callTimeout.toMillis(),
                            id -> result.fail(new TimeoutException("no answer within " + callTimeout)));
                    Uni.createFrom()
                            .<T>deferred(work::get)
                            .onFailure(ConnectionPools::refusesTimeouts)
                            .invoke(pools::setTimeoutsInTransactions)
                            .onFailure(PostgresErrors::isOnStandby)
                            .invoke(pools::renew)
                            .onFailure(retryable
                                    .or(ConnectionPools::refusesTimeouts)
                                    .or(PostgresErrors::isOnStandby))
                            .retry()
                            .atMost(MAX_ATTEMPTS - 1)
                            .onTermination()
                            .invoke(() -> vertx.cancelTimer(timer))
                            .onItem()
                            .invoke(() -> lastSuccess = System.nanoTime())
                            .subscribe()
                            .with(result::complete, result::fail);
                })
                .onFailure(PostgresErrors::isUnavailability)
                .transform(this::unavailable);
    }

    private UnavailableException unavailable(Throwable failure) {
        outages.report(failure);
        return new UnavailableException(Problem.DATABASE_UNAVAILABLE, failure);
    }
}
