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
 * How every call reaches PostgreSQL: in time, to its end, and without a trace of the inside when it cannot. A database
 * that is out of reach, overloaded or silent fails the call with status 5001 (contract, section 8).
 */
@Singleton
public class SqlExecutor {

    private static final Logger LOG = Logger.getLogger(SqlExecutor.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final String TRANSACTION = SqlExecutor.class.getName();

    private final OutageLog outages = new OutageLog();
    private final Duration callTimeout;
    private final String setTimeouts;
    private final Vertx vertx;
    private final Pool pool;
    private final ConnectionPools pools;
    private volatile long lastAnswer = System.nanoTime() - Duration.ofDays(1).toNanos();

    SqlExecutor(DatabaseLimits limits, Vertx vertx, Pool pool, ConnectionPools pools) {
        this.callTimeout = limits.callTimeout();
        this.setTimeouts =
                "select set_config('statement_timeout', '%d', true), set_config('idle_in_transaction_session_timeout', '%d', true)"
                        .formatted(
                                limits.statementTimeout().toMillis(),
                                limits.idleInTransactionTimeout().toMillis());
        this.vertx = vertx;
        this.pool = pool;
        this.pools = pools;
    }

    /** Whether a call succeeded that ended so short a time ago. */
    boolean hasAnsweredWithin(Duration time) {
        return System.nanoTime() - lastAnswer < time.toNanos();
    }

    /** How long a call waits for PostgreSQL. */
    Duration callTimeout() {
        return callTimeout;
    }

    /** Runs a query of Hibernate, which is a transaction and a snapshot of its own. */
    <T> Uni<T> withSession(Supplier<Uni<T>> query) {
        return bounded(
                () -> pools.setsTimeoutsOnConnect()
                        ? Panache.withSession(query)
                        : Panache.withTransaction(() -> Panache.getSession()
                                .chain(session -> session.createNativeQuery(setTimeouts, Object[].class)
                                        .getSingleResult())
                                .chain(set -> query.get())),
                PostgresErrors::isGivenUp);
    }

    /**
     * Runs one statement of SQL that reads little, outside of any transaction, on a connection that calls share. A slow one
     * would delay the others.
     */
    Uni<RowSet<Row>> read(String sql, Tuple parameters) {
        return alone(pools.reads(), sql, parameters);
    }

    /**
     * Runs one statement of SQL: in the transaction that the call has begun, else as a transaction of its own, which is run again
     * when PostgreSQL gave it up for another one.
     */
    Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        Optional<SqlConnection> transaction = ContextLocals.get(TRANSACTION);
        return transaction
                .map(connection -> send(connection, sql, parameters))
                .orElseGet(() -> alone(pool, sql, parameters));
    }

    private Uni<RowSet<Row>> alone(SqlClient client, String sql, Tuple parameters) {
        return bounded(
                () -> pools.setsTimeoutsOnConnect()
                        ? send(client, sql, parameters)
                        : timedTransaction(connection -> send(connection, sql, parameters)),
                PostgresErrors::isGivenUp);
    }

    private static Uni<RowSet<Row>> send(SqlClient client, String sql, Tuple parameters) {
        LOG.debug(sql);
        return client.preparedQuery(sql).execute(parameters);
    }

    /**
     * Runs statements as one transaction, again from the start when another transaction got in the way. What is run
     * inside joins it, and is run again with it.
     */
    public <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        return ContextLocals.get(TRANSACTION).isPresent()
                ? work.get()
                : bounded(
                        () -> timedTransaction(connection -> inTransaction(connection, work)),
                        PostgresErrors::isConflict);
    }

    /** Runs statements as one transaction that is rolled back at its end. */
    public <T> Uni<T> dryRun(Supplier<Uni<T>> work) {
        AtomicReference<T> result = new AtomicReference<>();
        return transaction(() -> work.get()
                        .invoke(result::set)
                        .<T>chain(() -> Uni.createFrom().failure(new EndOfDryRun())))
                .onFailure(EndOfDryRun.class)
                .recoverWithItem(result::get);
    }

    /** Refreshes the statistics of PostgreSQL's planner, which a bulk import makes outdated. */
    public Uni<Void> refreshStatistics() {
        return execute("analyze customer_group, customer", Tuple.tuple()).replaceWithVoid();
    }

    /** Rolls the transaction of a dry run back. */
    private static final class EndOfDryRun extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private EndOfDryRun() {
            super("end of a dry run", null, false, false);
        }
    }

    private <T> Uni<T> timedTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> pools.setsTimeoutsOnConnect()
                ? work.apply(connection)
                : connection.preparedQuery(setTimeouts).execute().chain(() -> work.apply(connection)));
    }

    private static <T> Uni<T> inTransaction(SqlConnection connection, Supplier<Uni<T>> work) {
        ContextLocals.put(TRANSACTION, connection);
        return work.get().onTermination().invoke(() -> ContextLocals.remove(TRANSACTION));
    }

    /**
     * Whoever waits for the outcome may leave, when the callTimeout comes or the client hangs up; the work itself is
     * never cancelled, since a connection must not go back to the pool in the middle of a transaction. The timer is one
     * of Vert.x, which forgets what is cancelled at once; Mutiny's would hold each call in memory until its callTimeout.
     */
    private <T> Uni<T> bounded(Supplier<Uni<T>> work, Predicate<Throwable> again) {
        return Uni.createFrom()
                .<T>emitter(outcome -> {
                    long timer = vertx.setTimer(
                            callTimeout.toMillis(),
                            late -> outcome.fail(new TimeoutException("no answer within " + callTimeout)));
                    Uni.createFrom()
                            .<T>deferred(work::get)
                            .onFailure(ConnectionPools::refusesTimeouts)
                            .invoke(pools::setTimeoutsInTransactions)
                            .onFailure(again.or(ConnectionPools::refusesTimeouts))
                            .retry()
                            .atMost(MOST_ATTEMPTS - 1)
                            .onTermination()
                            .invoke(() -> vertx.cancelTimer(timer))
                            .onItem()
                            .invoke(() -> lastAnswer = System.nanoTime())
                            .subscribe()
                            .with(outcome::complete, outcome::fail);
                })
                .onFailure(PostgresErrors::isUnavailability)
                .transform(this::unavailable);
    }

    private UnavailableException unavailable(Throwable failure) {
        outages.report(failure);
        return new UnavailableException(Problem.DATABASE_UNAVAILABLE);
    }
}
