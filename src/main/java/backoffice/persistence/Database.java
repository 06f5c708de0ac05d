package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget.Room;
import backoffice.call.CallTimeout;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Opens the connection, session or transaction of a {@link Work}, and starts the work again after a conflict. Statements that
 * belong to no call have a connection beside those of the calls. See docs/adr/0005 and 0009.
 */
@Singleton
public class Database {

    private static final int MAX_RETRIES = 4;
    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";

    private final ChangeActor actor;
    private final Connections connections;
    private final DatabaseAvailability availability;
    private final CallTimeout timeout;

    /** @param actor has none, or null, without a history */
    Database(
            Instance<ChangeActor> actor,
            Connections connections,
            DatabaseAvailability availability,
            CallTimeout timeout) {
        this.actor = actor.isResolvable() ? actor.get() : null;
        this.connections = connections;
        this.availability = availability;
        this.timeout = timeout;
    }

    /**
     * Executes a work for a vendor, and again after a failure that {@link Work#isRetriedAfter} names, up to four times. Then
     * it fails with 5001.
     *
     * @param room the memory for the rows that it finds
     */
    public <T> Uni<T> execute(Vendor vendor, Room room, Work<T> work) {
        return retry(work::isRetriedAfter, () -> open(work, client -> new VendorSql(vendor, client, room, actor)))
                .onFailure(work::isRetriedAfter)
                .transform(last -> new ApiException(Problem.DATABASE_UNAVAILABLE, last));
    }

    private <T> Uni<T> open(Work<T> work, Function<SqlClient, VendorSql> sql) {
        Function<SqlClient, Uni<T>> statements = client -> work.statements().apply(sql.apply(client));
        return switch (work.access()) {
            case SHARED_CONNECTION -> statements.apply(connections.reads);
            // The pool itself would log errors of its acquire timeout (vertx-sql-client#1706).
            case CONNECTION ->
                UniHelper.toUni(connections.calls.withConnection(call -> UniHelper.toFuture(statements.apply(call))));
            case TRANSACTION ->
                UniHelper.toUni(connections.calls.withTransaction(call -> UniHelper.toFuture(statements.apply(call))));
            case SESSION -> Panache.withSession(() -> statements.apply(null));
            case SNAPSHOT ->
                Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(SNAPSHOT).executeUpdate())
                        .chain(() -> statements.apply(null)));
        };
    }

    private static <T> Uni<T> retry(Predicate<Throwable> failure, Supplier<Uni<T>> statements) {
        return Uni.createFrom()
                .deferred(statements::get)
                .onFailure(failure)
                .retry()
                .atMost(MAX_RETRIES);
    }

    /** Executes a fast select of a vendor that finds its rows by a key, which no call waits for. */
    public Uni<List<Object[]>> selectBesideCalls(Vendor vendor, String statement, Object... parameters) {
        return besideCalls(
                () -> VendorSql.send(connections.reads, statement, VendorSql.withVendor(vendor, parameters)));
    }

    /**
     * Executes a statement that belongs to no vendor, such as one that reads the bitkeys of all vendors. Its connection
     * is beside those of the calls: it delays no call, and no number of calls delays it.
     */
    public Uni<List<Object[]>> withoutVendor(String statement, Object... parameters) {
        // The pool itself would log errors of its acquire timeout (vertx-sql-client#1706).
        return besideCalls(() -> UniHelper.toUni(connections.aside.withConnection(
                connection -> UniHelper.toFuture(VendorSql.send(connection, statement, parameters)))));
    }

    private Uni<List<Object[]>> besideCalls(Supplier<Uni<SqlResult<List<Object[]>>>> statement) {
        return availability
                .reportFailures(timeout.limit(() -> retry(PostgresErrors::isTransient, statement)))
                .map(SqlResult::value);
    }
}
