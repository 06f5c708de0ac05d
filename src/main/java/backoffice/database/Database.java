package backoffice.database;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How every call reaches PostgreSQL: in time, to its end, and without a trace of the inside when it cannot. A database
 * that is out of reach, overloaded or silent fails the call with status 5001 (contract, section 8).
 */
@ApplicationScoped
public class Database {

    private static final int MOST_ATTEMPTS = 5;
    private static final String IN_TRANSACTION = Database.class.getName();

    private final OutageLog outages = new OutageLog();
    private final Duration deadline;
    private final Vertx vertx;
    private final ConnectionPools pools;
    private volatile long lastAnswer = System.nanoTime() - Duration.ofDays(1).toNanos();

    Database(DatabaseLimits limits, Vertx vertx, ConnectionPools pools) {
        this.deadline = limits.deadline();
        this.vertx = vertx;
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

    /**
     * Runs statements that stand for themselves: each is a transaction and a snapshot of its own. They are run again when
     * PostgreSQL gave them up for another transaction.
     */
    public <T> Uni<T> statement(Supplier<Uni<T>> work) {
        return isInTransaction() ? work.get() : bounded(Panache.withSession(work), PostgresFailure::isGivenUp);
    }

    /**
     * Runs one statement of SQL that reads little, outside of any transaction, on a connection that calls share. A slow one
     * would delay the others.
     */
    public Uni<RowSet<Row>> read(String sql, Tuple parameters) {
        return bounded(pools.reads().preparedQuery(sql).execute(parameters), PostgresFailure::isGivenUp);
    }

    /**
     * Runs statements as one transaction, again from the start when another transaction got in the way. What is run
     * inside joins it, and is run again with it.
     */
    public <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        return isInTransaction()
                ? work.get()
                : bounded(Panache.withTransaction(() -> inTransaction(work)), PostgresFailure::isConflict);
    }

    private static <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
        ContextLocals.put(IN_TRANSACTION, true);
        return work.get().onTermination().invoke(() -> ContextLocals.remove(IN_TRANSACTION));
    }

    private static boolean isInTransaction() {
        return ContextLocals.get(IN_TRANSACTION).isPresent();
    }

    /**
     * Whoever waits for the outcome may leave, when the deadline comes or the client hangs up; the work itself is
     * never cancelled, since a connection must not go back to the pool in the middle of a transaction. The timer is one
     * of Vert.x, which forgets what is cancelled at once; Mutiny's would hold each call in memory until its deadline.
     */
    private <T> Uni<T> bounded(Uni<T> work, Predicate<Throwable> again) {
        return Uni.createFrom()
                .<T>emitter(outcome -> {
                    long timer = vertx.setTimer(
                            deadline.toMillis(),
                            late -> outcome.fail(new TimeoutException("no answer within " + deadline)));
                    work.onFailure(again)
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

    private ApiException unavailable(Throwable failure) {
        outages.report(failure);
        return new ApiException(Problem.DATABASE_UNAVAILABLE);
    }
}
