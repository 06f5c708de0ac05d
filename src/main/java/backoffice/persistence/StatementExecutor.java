package backoffice.persistence;

import backoffice.bulkhead.Bulkhead;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Executes statements and transactions with the call timeout, retries, and turns of vendors. When the database is out of
 * reach, overloaded or silent, the call fails with status 5001 (docs/api.md, section 8.3), and the reason is logged.
 */
@Singleton
public class StatementExecutor {

    private static final Logger LOG = Logger.getLogger(StatementExecutor.class);
    private static final String TRANSACTION = StatementExecutor.class.getName();
    private static final int MAX_RETRIES = 4;
    private static final int MAX_ROWS_OF_CHEAP_TRANSACTION = 100;

    /** One of a vendor, and one of another vendor. */
    private static final int TRANSLATIONS = 2;

    private static final long NANOS_BETWEEN_OUTAGE_LINES = Duration.ofSeconds(1).toNanos();

    private final AtomicLong lastOutageLine = new AtomicLong(System.nanoTime() - NANOS_BETWEEN_OUTAGE_LINES);
    private final AtomicLong unloggedOutages = new AtomicLong();
    private final Duration callTimeout;
    private final Vertx vertx;
    private final Pool pool;
    private final Bulkhead connections;
    private final Bulkhead shortReads;
    private final Bulkhead expensive;
    private final Bulkhead translating;
    private final Translations translations;
    private volatile long lastSuccess = System.nanoTime() - Duration.ofDays(1).toNanos();

    StatementExecutor(
            DatabaseSettings settings,
            Vertx vertx,
            Pool pool,
            Translations translations,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int maxConnections) {
        this.callTimeout = settings.callTimeout();
        this.vertx = vertx;
        this.pool = pool;
        this.translations = translations;
        double share = settings.vendorShare();
        int size = PostgresConnections.calls(maxConnections);
        this.connections = bulkhead(settings, meters, "connections", size, (long) (size * share));
        int reads = PostgresConnections.readsInFlight(maxConnections);
        this.shortReads = bulkhead(settings, meters, "short reads", reads, (long) (reads * share));
        int statements = settings.expensiveStatements();
        this.expensive = bulkhead(settings, meters, "expensive statements", statements, statements - 1);
        this.translating = bulkhead(settings, meters, "translations", TRANSLATIONS, 1);
    }

    private Bulkhead bulkhead(
            DatabaseSettings settings, MeterRegistry meters, String resource, long capacity, long share) {
        Bulkhead.Limits limits = new Bulkhead.Limits(
                capacity, Math.max(1, share), settings.acquireQueueSize(), settings.acquireTimeout());
        return new Bulkhead(vertx, meters, resource, limits);
    }

    /** Whether a call has succeeded within this time. */
    public boolean hasSucceededWithin(Duration time) {
        return System.nanoTime() - lastSuccess < time.toNanos();
    }

    /** How long a call waits for PostgreSQL before it fails with status 5001. */
    public Duration callTimeout() {
        return callTimeout;
    }

    /**
     * Executes one select of HQL in a session, outside of any transaction. One that is not translated yet waits for its
     * turn, because a translation keeps an event loop busy.
     *
     * @param isExpensive whether it can read many rows
     */
    <T> Uni<T> find(Vendor vendor, boolean isExpensive, String hql, Supplier<Uni<T>> query) {
        Supplier<Uni<T>> select = () -> {
            translations.add(hql);
            return Panache.withSession(query);
        };
        return execute(vendor, isExpensive, !translations.contains(hql), PostgresErrors::isTransient, select);
    }

    /** Executes one statement on a connection of its own. */
    <T> Uni<T> onOwnConnection(Vendor vendor, Supplier<Uni<T>> statement) {
        return execute(vendor, false, false, PostgresErrors::isTransient, statement);
    }

    /** Executes a short read on a connection that concurrent calls share. */
    <T> Uni<T> onSharedConnection(Vendor vendor, Supplier<Uni<T>> read) {
        return inTime(() -> shortReads.execute(
                vendor, 1, shortReads.deadline(), () -> withRetries(PostgresErrors::isTransient, read)));
    }

    /** Executes a statement that waits for no call. */
    <T> Uni<T> besideCalls(Supplier<Uni<T>> statement) {
        return inTime(() -> withRetries(PostgresErrors::isTransient, statement));
    }

    /**
     * Executes work as one transaction, or within that of the call, as {@link VendorSql#transaction} says. One of a single row
     * is in a session of Panache, so it can have HQL. One of several rows is SQL alone, on a connection of the pool, because
     * a session makes a future of each row. See docs/adr/0005 and 0009.
     */
    <T> Uni<T> transaction(Vendor vendor, int rows, Supplier<Uni<T>> work) {
        if (currentTransaction() != null) {
            return work.get();
        }
        Supplier<Uni<T>> transaction = rows == 1
                ? () -> Panache.withTransaction(() -> Panache.getSession().chain(session -> within(session, work)))
                : () -> UniHelper.toUni(
                        pool.withTransaction(connection -> UniHelper.toFuture(within(connection, work))));
        return execute(vendor, rows > MAX_ROWS_OF_CHEAP_TRANSACTION, false, PostgresErrors::isConflict, transaction)
                .onFailure(PostgresErrors::isConflict)
                .transform(this::unavailable);
    }

    private static <T> Uni<T> within(Object transaction, Supplier<Uni<T>> work) {
        ContextLocals.put(TRANSACTION, transaction);
        return work.get().onTermination().invoke(() -> ContextLocals.remove(TRANSACTION));
    }

    /** The session or the connection of the transaction of the current call; null outside of one. */
    static Object currentTransaction() {
        return ContextLocals.get(TRANSACTION).orElse(null);
    }

    /** Executes a statement of HQL in the session of the transaction, or in one of its own. */
    <T> Uni<T> inSession(Vendor vendor, Supplier<Uni<T>> statement) {
        if (currentTransaction() instanceof SqlClient) {
            throw new IllegalStateException("A transaction of several rows has no session for HQL");
        }
        return currentTransaction() != null
                ? statement.get()
                : onOwnConnection(vendor, () -> Panache.withSession(statement));
    }

    /** The acquire timeout is for all waits together, so that no work starts when its call has failed. */
    private <T> Uni<T> execute(
            Vendor vendor, boolean isExpensive, boolean isNew, Predicate<Throwable> retryable, Supplier<Uni<T>> work) {
        return inTime(() -> {
            long deadline = connections.deadline();
            Supplier<Uni<T>> connected =
                    () -> connections.execute(vendor, 1, deadline, () -> withRetries(retryable, work));
            Supplier<Uni<T>> bounded =
                    isExpensive ? () -> expensive.execute(vendor, 1, deadline, connected) : connected;
            return isNew ? translating.execute(vendor, 1, deadline, bounded) : bounded.get();
        });
    }

    private static <T> Uni<T> withRetries(Predicate<Throwable> retryable, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(work::get).onFailure(retryable).retry().atMost(MAX_RETRIES);
    }

    private <T> Uni<T> inTime(Supplier<Uni<T>> work) {
        return inTime(vertx, callTimeout, work)
                .invoke(() -> lastSuccess = System.nanoTime())
                .onFailure(PostgresErrors::isUnavailability)
                .transform(this::unavailable);
    }

    /**
     * Fails after a time. That and a client that hangs up end the waiting and never the work, because a connection must
     * not go back to the pool in the middle of a transaction. See docs/adr/0010.
     *
     * <p>The timer is one of Vert.x, which releases a cancelled timer at once. A timer of Mutiny would hold each call
     * in memory until its timeout.
     */
    public static <T> Uni<T> inTime(Vertx vertx, Duration timeout, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(result -> {
            long timer = vertx.setTimer(
                    timeout.toMillis(), id -> result.fail(new TimeoutException("no answer within " + timeout)));
            work.get()
                    .onTermination()
                    .invoke(() -> vertx.cancelTimer(timer))
                    .subscribe()
                    .with(result::complete, result::fail);
        });
    }

    /** Thousands of calls may fail for one reason, so one line a second has the number of calls. */
    private UnavailableException unavailable(Throwable failure) {
        unloggedOutages.incrementAndGet();
        long now = System.nanoTime();
        long last = lastOutageLine.get();
        if (now - last >= NANOS_BETWEEN_OUTAGE_LINES && lastOutageLine.compareAndSet(last, now)) {
            LOG.warnf(
                    "The database is out of reach or overloaded, for %d calls: %s.%s",
                    unloggedOutages.getAndSet(0), PostgresErrors.reason(failure), PostgresErrors.advice(failure));
        }
        return new UnavailableException(Problem.DATABASE_UNAVAILABLE, failure);
    }
}
