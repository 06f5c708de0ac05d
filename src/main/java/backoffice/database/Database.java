package backoffice.database;

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
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How every call reaches PostgreSQL: in time, to its end, and without a trace of the inside when it cannot. A database
 * that is out of reach, overloaded or silent fails the call with status 5001 (contract, section 8).
 */
@ApplicationScoped
public class Database {

    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final String TRANSACTION = Database.class.getName();

    private final OutageLog outages = new OutageLog();
    private final Duration deadline;
    private final String setLimits;
    private final Vertx vertx;
    private final Pool pool;
    private final ConnectionPools pools;
    private volatile long lastAnswer = System.nanoTime() - Duration.ofDays(1).toNanos();

    Database(DatabaseLimits limits, Vertx vertx, Pool pool, ConnectionPools pools) {
        this.deadline = limits.deadline();
        this.setLimits =
                "select set_config('statement_timeout', '%d', true), set_config('idle_in_transaction_session_timeout', '%d', true)"
                        .formatted(
                                limits.statement().toMillis(),
                                limits.idleInTransaction().toMillis());
        this.vertx = vertx;
        this.pool = pool;
        this.pools = pools;
    }

    /** Whether a call succeeded that ended so short a time ago. */
    boolean hasAnsweredWithin(Duration time) {
        return System.nanoTime() - lastAnswer < time.toNanos();
    }

    /** How long a call waits for PostgreSQL. */
    Duration deadline() {
        return deadline;
    }

    /** Runs a query of Hibernate, which is a transaction and a snapshot of its own. */
    <T> Uni<T> withSession(Supplier<Uni<T>> query) {
        return bounded(
                () -> pools.limitStatements()
                        ? Panache.withSession(query)
                        : Panache.withTransaction(() -> Panache.getSession()
                                .chain(session -> session.createNativeQuery(setLimits, Object[].class)
                                        .getSingleResult())
                                .chain(limits -> query.get())),
                PostgresFailure::isGivenUp);
    }

    /**
     * Runs one statement of SQL that reads little, outside of any transaction, on a connection that calls share. A slow one
     * would delay the others.
     */
    public Uni<RowSet<Row>> read(String sql, Tuple parameters) {
        return alone(pools.reads(), sql, parameters);
    }

    /**
     * Runs one statement of SQL: in the transaction that the call has begun, else as a transaction of its own, which is run again
     * when PostgreSQL gave it up for another one.
     */
    public Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        Optional<SqlConnection> transaction = ContextLocals.get(TRANSACTION);
        return transaction
                .map(connection -> send(connection, sql, parameters))
                .orElseGet(() -> alone(pool, sql, parameters));
    }

    private Uni<RowSet<Row>> alone(SqlClient client, String sql, Tuple parameters) {
        return bounded(
                () -> pools.limitStatements()
                        ? send(client, sql, parameters)
                        : limitedTransaction(connection -> send(connection, sql, parameters)),
                PostgresFailure::isGivenUp);
    }

    private static Uni<RowSet<Row>> send(SqlClient client, String sql, Tuple parameters) {
        LOG.debug(sql);
        return client.preparedQuery(sql).execute(parameters);
    }

    /** As {@link #execute}, when there is something to execute it for. */
    public Uni<Void> executeUnlessEmpty(Object[] rows, String sql, Tuple parameters) {
        return rows.length == 0
                ? Uni.createFrom().voidItem()
                : execute(sql, parameters).replaceWithVoid();
    }

    /**
     * Runs statements as one transaction, again from the start when another transaction got in the way. What is run
     * inside joins it, and is run again with it.
     */
    public <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        return ContextLocals.get(TRANSACTION).isPresent()
                ? work.get()
                : bounded(
                        () -> limitedTransaction(connection -> inTransaction(connection, work)),
                        PostgresFailure::isConflict);
    }

    private <T> Uni<T> limitedTransaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> pools.limitStatements()
                ? work.apply(connection)
                : connection.preparedQuery(setLimits).execute().chain(() -> work.apply(connection)));
    }

    private static <T> Uni<T> inTransaction(SqlConnection connection, Supplier<Uni<T>> work) {
        ContextLocals.put(TRANSACTION, connection);
        return work.get().onTermination().invoke(() -> ContextLocals.remove(TRANSACTION));
    }

    /**
     * Whoever waits for the outcome may leave, when the deadline comes or the client hangs up; the work itself is
     * never cancelled, since a connection must not go back to the pool in the middle of a transaction. The timer is one
     * of Vert.x, which forgets what is cancelled at once; Mutiny's would hold each call in memory until its deadline.
     */
    private <T> Uni<T> bounded(Supplier<Uni<T>> work, Predicate<Throwable> again) {
        return Uni.createFrom()
                .<T>emitter(outcome -> {
                    long timer = vertx.setTimer(
                            deadline.toMillis(),
                            late -> outcome.fail(new TimeoutException("no answer within " + deadline)));
                    Uni.createFrom()
                            .<T>deferred(work::get)
                            .onFailure(again.or(pools::isRefusalOfLimits))
                            .retry()
                            .atMost(MOST_ATTEMPTS - 1)
                            .onTermination()
                            .invoke(() -> vertx.cancelTimer(timer))
                            .onItem()
                            .invoke(() -> lastAnswer = System.nanoTime())
                            .subscribe()
                            .with(outcome::complete, outcome::fail);
                })
                .onFailure(PostgresFailure::isUnavailability)
                .transform(this::unavailable);
    }

    private UnavailableException unavailable(Throwable failure) {
        outages.report(failure);
        return new UnavailableException(Problem.DATABASE_UNAVAILABLE);
    }
}
