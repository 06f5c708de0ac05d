package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Opens the connection, session or transaction of a call, and executes SQL on it for a vendor, which each statement has as
 * {@code $1}. There is a method for each kind of statement. See docs/adr/0003 and 0005.
 */
@Singleton
public class VendorSql {

    private static final Logger LOG = Logger.getLogger(VendorSql.class);
    private static final int MAX_RETRIES = 4;
    private static final String CONNECTION = VendorSql.class.getName();
    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";

    private final ChangeActor actor;
    private final Connections connections;
    private final Outages outages;
    private final CallTimeout timeout;

    /** @param actor has none, or null, without a history */
    VendorSql(Instance<ChangeActor> actor, Connections connections, Outages outages, CallTimeout timeout) {
        this.actor = actor.isResolvable() ? actor.get() : null;
        this.connections = connections;
        this.outages = outages;
        this.timeout = timeout;
    }

    /** Executes the statements of a call, unless its deadline has passed when it gets the connection. */
    public <T> Uni<T> execute(Work<T> work) {
        Supplier<Uni<T>> statements = () -> unlessOver(work.statements());
        return switch (work.access()) {
            case SHARED_CONNECTION -> statements.get();
            // The pool itself would log errors of its acquire timeout (vertx-sql-client#1706).
            case CONNECTION -> UniHelper.toUni(connections.calls.withConnection(call -> within(call, statements)));
            case TRANSACTION -> UniHelper.toUni(connections.calls.withTransaction(call -> within(call, statements)));
            case SESSION -> Panache.withSession(statements);
            case SNAPSHOT ->
                Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(SNAPSHOT).executeUpdate())
                        .chain(() -> statements.get()));
        };
    }

    /** Executes statements, and again after such a failure, up to four times. The last failure stays as it is. */
    public static <T> Uni<T> retry(Predicate<Throwable> failure, Supplier<Uni<T>> statements) {
        return Uni.createFrom()
                .deferred(statements::get)
                .onFailure(failure)
                .retry()
                .atMost(MAX_RETRIES);
    }

    /** Starts statements, or starts them again, unless their call has failed while it waited. */
    public static <T> Uni<T> unlessOver(Supplier<Uni<T>> statements) {
        return Call.isOver() ? Uni.createFrom().failure(new TimeoutException("its call is over")) : statements.get();
    }

    private static <T> Future<T> within(SqlConnection connection, Supplier<Uni<T>> statements) {
        ContextLocals.put(CONNECTION, connection);
        return UniHelper.toFuture(statements.get().onTermination().invoke(() -> ContextLocals.remove(CONNECTION)));
    }

    /**
     * Executes a statement that returns rows.
     *
     * @param parameters the values from {@code $2} on
     */
    public Uni<List<Object[]>> select(Vendor vendor, String statement, Object... parameters) {
        return execute(vendor, statement, parameters).map(SqlResult::value);
    }

    /**
     * The SQL of a select that returns its rows only if the call has memory for all of them. It returns two columns more than
     * {@code rows} does, and one row when they are too large.
     *
     * @param rows the select, in whose order the rows come
     * @param bytes the size of a row {@code r}
     * @param room the number of the last parameter, for {@link MemoryBudget#room}
     */
    public static String sized(String rows, String bytes, int room) {
        return "select * from (select r.*, sum(" + bytes + ") over () as bytes, row_number() over () as number from ("
                + rows + ") r) r where bytes <= $" + room + " or number = 1 order by number";
    }

    /** Executes a select of {@link #sized} without its last parameter. Fails as {@link MemoryBudget#requireRoom}. */
    public Uni<List<Object[]>> selectSized(Vendor vendor, String statement, Object... parameters) {
        return select(vendor, statement, with(parameters, MemoryBudget.room()))
                .invoke(rows -> rows.stream()
                        .limit(1)
                        .forEach(first -> MemoryBudget.requireRoom(((Number) first[first.length - 2]).longValue())));
    }

    /** Executes a fast select that finds its rows by a key, in a {@link Work#readRow}. */
    public Uni<List<Object[]>> selectByKey(Vendor vendor, String statement, Object... parameters) {
        return send(connections.reads, statement, bind(vendor, parameters)).map(SqlResult::value);
    }

    /** Executes a statement as {@link #selectByKey}, which no call waits for. */
    public Uni<List<Object[]>> selectBesideCalls(Vendor vendor, String statement, Object... parameters) {
        return besideCalls(() -> selectByKey(vendor, statement, parameters));
    }

    /** Executes a statement that inserts, updates or deletes rows, and returns their number. The history learns who did it. */
    public Uni<Integer> update(Vendor vendor, String statement, Object... parameters) {
        return change(vendor, statement, parameters).map(SqlResult::rowCount);
    }

    /** Executes a statement as {@link #update}, and returns the rows of its {@code returning}. They may get a column before. */
    public Uni<List<Object[]>> updateReturning(Vendor vendor, String statement, Object... parameters) {
        return change(vendor, statement, parameters).map(SqlResult::value);
    }

    private Uni<SqlResult<List<Object[]>>> change(Vendor vendor, String statement, Object... parameters) {
        String who = actor == null ? null : actor.current();
        return who == null
                ? execute(vendor, statement, parameters)
                : execute(vendor, ChangeActor.sql(statement, parameters.length + 2), with(parameters, who));
    }

    /**
     * Executes a statement as {@link #update}, within a transaction. Does nothing for 0 rows. When it changes another
     * number of rows than this one, the transaction starts again (docs/adr/0009).
     */
    public Uni<Void> updateRows(int rows, Vendor vendor, String statement, Object... parameters) {
        return rows == 0
                ? Uni.createFrom().voidItem()
                : update(vendor, statement, parameters)
                        .chain(updated -> updated == rows
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom()
                                        .failure(PostgresErrors.conflict(updated + " rows changed, not " + rows)));
    }

    /**
     * Executes a statement that belongs to no vendor, such as one that reads the bitkeys of all vendors. Its connection
     * is beside those of the calls: it delays no call, and no number of calls delays it.
     */
    public Uni<List<Object[]>> withoutVendor(String statement, Object... parameters) {
        // The pool itself would log errors of its acquire timeout (vertx-sql-client#1706).
        return besideCalls(() -> UniHelper.toUni(connections.aside.withConnection(connection -> UniHelper.toFuture(
                unlessOver(() -> send(connection, statement, parameters).map(SqlResult::value))))));
    }

    private <T> Uni<T> besideCalls(Supplier<Uni<T>> statement) {
        return outages.reportFailures(timeout.limit(() -> retry(PostgresErrors::isTransient, statement)));
    }

    private static Uni<SqlResult<List<Object[]>>> execute(Vendor vendor, String statement, Object... parameters) {
        return Uni.createFrom().deferred(() -> {
            SqlConnection connection =
                    ContextLocals.<SqlConnection>get(CONNECTION).orElseThrow();
            return send(connection, statement, bind(vendor, parameters));
        });
    }

    static Uni<SqlResult<List<Object[]>>> send(SqlClient client, String statement, Object[] bound) {
        LOG.debug(statement);
        Object[] values = new Object[bound.length];
        Arrays.setAll(values, i -> bound[i] instanceof byte[] bytes ? Buffer.buffer(bytes) : bound[i]);
        return UniHelper.toUni(client.preparedQuery(statement)
                .collecting(Collectors.mapping(VendorSql::columns, Collectors.toList()))
                .execute(Tuple.wrap(values)));
    }

    private static Object[] columns(Row row) {
        Object[] columns = new Object[row.size()];
        Arrays.setAll(columns, i -> row.getValue(i) instanceof Buffer bytes ? bytes.getBytes() : row.getValue(i));
        return columns;
    }

    private static Object[] bind(Vendor vendor, Object... parameters) {
        Object[] bound = new Object[parameters.length + 1];
        bound[0] = vendor.name();
        System.arraycopy(parameters, 0, bound, 1, parameters.length);
        return bound;
    }

    private static Object[] with(Object[] parameters, Object last) {
        Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = last;
        return all;
    }
}
