package backoffice.persistence;

import backoffice.bulkhead.Bulkhead;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
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

    /** What a statement costs the other calls, besides a connection. */
    public enum Cost {
        /** It reads or writes few rows. */
        CHEAP,
        /** It returns many values of rows that an index finds. */
        LARGE_PAGE,
        /** It can read or change many rows. */
        EXPENSIVE
    }

    private static final Logger LOG = Logger.getLogger(StatementExecutor.class);
    private static final int MAX_RETRIES = 4;
    private static final int MAX_ROWS_OF_CHEAP_TRANSACTION = 100;

    /** One of a vendor, and one of another vendor. */
    private static final int TRANSLATIONS = 2;

    private static final long NANOS_BETWEEN_OUTAGE_LINES = Duration.ofSeconds(1).toNanos();

    private final DatabaseSettings settings;
    private final Vertx vertx;
    private final Translations translations;
    private final Bulkhead shortReads;
    private final Bulkhead translating;
    private final Map<Cost, List<Bulkhead>> turns;
    private volatile long lastSuccess = System.nanoTime() - Duration.ofDays(1).toNanos();
    private long lastOutageLine = System.nanoTime() - NANOS_BETWEEN_OUTAGE_LINES;
    private int unloggedOutages;

    StatementExecutor(
            DatabaseSettings settings,
            Vertx vertx,
            MeterRegistry meters,
            Translations translations,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int maxConnections) {
        this.settings = settings;
        this.vertx = vertx;
        this.translations = translations;
        double share = settings.vendorShare();
        int size = PostgresConnections.calls(maxConnections);
        Bulkhead connections = bulkhead(meters, "connections", size, (long) (size * share));
        int reads = PostgresConnections.readsInFlight(maxConnections);
        this.shortReads = bulkhead(meters, "short reads", reads, (long) (reads * share));
        int statements = settings.expensiveStatements();
        Bulkhead expensive = bulkhead(meters, "expensive statements", statements, statements - 1);
        // More of them at once would keep all processors from the calls of other vendors.
        int pages = Math.max(2, Runtime.getRuntime().availableProcessors());
        Bulkhead largePages = bulkhead(meters, "large pages", pages, pages / 2);
        this.turns = Map.of(
                Cost.CHEAP, List.of(connections),
                Cost.LARGE_PAGE, List.of(connections, largePages),
                Cost.EXPENSIVE, List.of(connections, expensive));
        this.translating = bulkhead(meters, "translations", TRANSLATIONS, 1);
    }

    private Bulkhead bulkhead(MeterRegistry meters, String resource, long capacity, long share) {
        Bulkhead.Limits limits = new Bulkhead.Limits(capacity, Math.max(1, share), settings.acquireQueueSize());
        return new Bulkhead(vertx, meters, resource, limits);
    }

    /** Whether a call has succeeded within this time. */
    public boolean hasSucceededWithin(Duration time) {
        return System.nanoTime() - lastSuccess < time.toNanos();
    }

    /** Executes one select of HQL. A new one waits for its turn, because its translation keeps an event loop busy. */
    <T> Uni<T> find(Vendor vendor, Cost cost, String hql, Supplier<Uni<T>> select) {
        List<Bulkhead> turnsOfSelect = new ArrayList<>(turns.get(cost));
        if (!translations.contains(hql)) {
            turnsOfSelect.add(translating);
        }
        return execute(vendor, turnsOfSelect, PostgresErrors::isTransient, () -> {
            translations.add(hql);
            return select.get();
        });
    }

    /** Executes a transaction, and starts it again after a conflict. */
    <T> Uni<T> transaction(Vendor vendor, int rows, Supplier<Uni<T>> transaction) {
        Cost cost = rows > MAX_ROWS_OF_CHEAP_TRANSACTION ? Cost.EXPENSIVE : Cost.CHEAP;
        return execute(vendor, turns.get(cost), PostgresErrors::isConflict, transaction);
    }

    /** Executes one statement on a connection of its own. */
    <T> Uni<T> onOwnConnection(Vendor vendor, Cost cost, Supplier<Uni<T>> statement) {
        return execute(vendor, turns.get(cost), PostgresErrors::isTransient, statement);
    }

    /** Executes a short read on a connection that concurrent calls share. */
    <T> Uni<T> onSharedConnection(Vendor vendor, Supplier<Uni<T>> read) {
        return execute(vendor, List.of(shortReads), PostgresErrors::isTransient, read);
    }

    /** Executes a statement that waits for no call. */
    <T> Uni<T> besideCalls(Supplier<Uni<T>> statement) {
        return execute(null, List.of(), PostgresErrors::isTransient, statement);
    }

    /**
     * The acquire timeout is for all waits of the work together.
     *
     * @param turns what the work holds. It waits for the last one first
     */
    private <T> Uni<T> execute(
            Vendor vendor, List<Bulkhead> turns, Predicate<Throwable> retryable, Supplier<Uni<T>> work) {
        Supplier<Uni<T>> inTurn = () -> {
            long deadline = Call.endOfWait(settings.acquireTimeout());
            Supplier<Uni<T>> next = () -> Uni.createFrom()
                    .deferred(() -> unlessOver(work))
                    .onFailure(retryable)
                    .retry()
                    .atMost(MAX_RETRIES);
            for (Bulkhead turn : turns) {
                Supplier<Uni<T>> inner = next;
                next = () -> turn.execute(vendor, 1, deadline, inner);
            }
            return next.get();
        };
        return inTime(vertx, settings.callTimeout(), inTurn)
                .invoke(() -> lastSuccess = vendor == null ? lastSuccess : System.nanoTime())
                .onFailure(retryable.or(PostgresErrors::isUnavailability))
                .transform(this::unavailable);
    }

    /** Starts work, or starts it again, unless its call has failed while it waited. */
    static <T> Uni<T> unlessOver(Supplier<Uni<T>> work) {
        return Call.isOver() ? Uni.createFrom().failure(new TimeoutException("its call is over")) : work.get();
    }

    /**
     * Fails after a time, and at the deadline of the call at the latest. That and a client that hangs up end the waiting and
     * never the work, because a connection must not go back to the pool in the middle of a transaction. See docs/adr/0010.
     *
     * <p>The timer is one of Vert.x, which releases a cancelled timer at once. A timer of Mutiny would hold each call
     * in memory until its timeout.
     */
    public static <T> Uni<T> inTime(Vertx vertx, Duration timeout, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(result -> {
            Duration left = Duration.ofNanos(Call.endOfWait(timeout) - System.nanoTime());
            // A refusal at the end of a turn comes first, because it tells the reason.
            long millis = Math.max(0, left.toMillis()) + 1;
            long timer = vertx.setTimer(millis, id -> result.fail(new TimeoutException("no answer within " + timeout)));
            work.get()
                    .onTermination()
                    .invoke(() -> vertx.cancelTimer(timer))
                    .subscribe()
                    .with(result::complete, result::fail);
        });
    }

    /**
     * Thousands of calls may fail for one reason, so one line a second has the number of calls. The log has already that a
     * vendor holds its share, and the database is not the reason for that.
     */
    private synchronized UnavailableException unavailable(Throwable failure) {
        if (failure instanceof UnavailableException refused && refused.problem() == Problem.VENDOR_AT_SHARE) {
            return refused;
        }
        unloggedOutages++;
        if (System.nanoTime() - lastOutageLine >= NANOS_BETWEEN_OUTAGE_LINES) {
            LOG.warnf(
                    "The database is out of reach or overloaded, for %d calls: %s.",
                    unloggedOutages, PostgresErrors.reason(failure));
            lastOutageLine = System.nanoTime();
            unloggedOutages = 0;
        }
        return new UnavailableException(Problem.DATABASE_UNAVAILABLE, failure);
    }
}
