package backoffice.database;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
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
    private volatile long lastAnswer = System.nanoTime() - Duration.ofDays(1).toNanos();

    Database(DatabaseLimits limits, Vertx vertx) {
        this.deadline = limits.deadline();
        this.vertx = vertx;
        HqlGrammar.load();
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
        return isInTransaction() ? work.get() : bounded(inSession(work));
    }

    /**
     * Runs one statement that reads little, as {@link #statement} does, on a connection that it shares with others. A slow
     * one would delay them.
     */
    public <T> Uni<T> read(Supplier<Uni<T>> work) {
        return isInTransaction()
                ? work.get()
                : bounded(Uni.createFrom().deferred(() -> marked(PipelinedReads.SHARED, () -> inSession(work))));
    }

    private static <T> Uni<T> inSession(Supplier<Uni<T>> work) {
        return Panache.withSession(work)
                .onFailure(PostgresFailure::isGivenUp)
                .retry()
                .atMost(MOST_ATTEMPTS - 1);
    }

    /**
     * Runs statements as one transaction, again from the start when another transaction got in the way. What is run
     * inside joins it, and is run again with it.
     */
    public <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        return isInTransaction()
                ? work.get()
                : bounded(Panache.withTransaction(() -> marked(IN_TRANSACTION, work))
                        .onFailure(PostgresFailure::isConflict)
                        .retry()
                        .atMost(MOST_ATTEMPTS - 1));
    }

    /** Marks the context of the call while work is under way. */
    private static <T> Uni<T> marked(String mark, Supplier<Uni<T>> work) {
        ContextLocals.put(mark, true);
        return work.get().onTermination().invoke(() -> ContextLocals.remove(mark));
    }

    private static boolean isInTransaction() {
        return ContextLocals.get(IN_TRANSACTION).isPresent();
    }

    /**
     * Whoever waits for the outcome may leave, when the deadline comes or the client hangs up; the work itself is
     * never cancelled, since a connection must not go back to the pool in the middle of a transaction. The timer is one
     * of Vert.x, which forgets what is cancelled at once; Mutiny's would hold each call in memory until its deadline.
     */
    private <T> Uni<T> bounded(Uni<T> work) {
        return Uni.createFrom()
                .<T>emitter(outcome -> {
                    long timer = vertx.setTimer(
                            deadline.toMillis(),
                            late -> outcome.fail(new TimeoutException("no answer within " + deadline)));
                    work.onTermination()
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
