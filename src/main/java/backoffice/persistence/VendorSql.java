package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget;
import backoffice.persistence.StatementExecutor.Cost;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.FlushMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Executes SQL for a vendor, which each statement has as {@code $1}. There is a method for each kind of statement. A
 * statement joins the transaction of {@link #transaction}, and is a transaction of its own outside of one. See
 * docs/adr/0003 and 0005.
 */
@Singleton
public class VendorSql {

    private static final Logger LOG = Logger.getLogger(VendorSql.class);
    private static final String TRANSACTION = VendorSql.class.getName();
    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";
    static final Answer<List<Object[]>> ROWS = new Answer<>(
            SqlResult::value,
            query -> query.getResultList()
                    .map(rows -> rows.stream()
                            .map(row -> row instanceof Object[] columns ? columns : new Object[] {row})
                            .toList()));
    private static final Answer<Integer> ROW_COUNT = new Answer<>(SqlResult::rowCount, Mutiny.Query::executeUpdate);

    /** What a statement returns on a connection of the client, and in a session of Hibernate. */
    record Answer<T>(
            Function<SqlResult<List<Object[]>>, T> onConnection, Function<Mutiny.Query<Object>, Uni<T>> inSession) {}

    final StatementExecutor executor;

    /** The memory for rows, whose statements return no more than it has. */
    public final MemoryBudget memory;

    private final ChangeActor actor;
    private final Pool pool;
    private final PostgresConnections pools;

    /** What the database has said; null before it is asked. */
    volatile Boolean isCluster;

    /** @param actor has none, or null, without a history */
    VendorSql(
            StatementExecutor executor,
            MemoryBudget memory,
            Instance<ChangeActor> actor,
            Pool pool,
            PostgresConnections pools) {
        this.executor = executor;
        this.memory = memory;
        this.actor = actor.isResolvable() ? actor.get() : null;
        this.pool = pool;
        this.pools = pools;
    }

    /**
     * Executes a statement that returns rows.
     *
     * @param parameters the values from {@code $2} on
     */
    public Uni<List<Object[]>> select(Vendor vendor, String statement, Object... parameters) {
        return execute(vendor, ROWS, null, statement, parameters);
    }

    /** Executes a select that can read many rows, outside of any transaction. Few such statements run at once. */
    public Uni<List<Object[]>> selectExpensive(Vendor vendor, String statement, Object... parameters) {
        Object[] bound = bind(vendor, null, parameters);
        return executor.onOwnConnection(vendor, Cost.EXPENSIVE, () -> on(pool, ROWS, statement, bound));
    }

    /**
     * Executes a fast select that finds its rows by a key, outside of any transaction, on a connection that concurrent
     * calls share. A slow statement would delay theirs.
     */
    public Uni<List<Object[]>> selectByKey(Vendor vendor, String statement, Object... parameters) {
        Object[] bound = bind(vendor, null, parameters);
        return executor.onSharedConnection(vendor, () -> UniHelper.toUni(send(pools.reads, ROWS, statement, bound)));
    }

    /** Executes a statement that inserts, updates or deletes rows, and returns their number. The history learns who did it. */
    public Uni<Integer> update(Vendor vendor, String statement, Object... parameters) {
        return execute(vendor, ROW_COUNT, actor(), statement, parameters);
    }

    /** Executes a statement as {@link #update}, and returns the rows of its {@code returning}. They may get a column before. */
    public Uni<List<Object[]>> updateReturning(Vendor vendor, String statement, Object... parameters) {
        return execute(vendor, ROWS, actor(), statement, parameters);
    }

    /** Who makes the changes of the current call; null when no history asks. */
    String actor() {
        return actor == null ? null : actor.current();
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
     * Executes work as one transaction. It is repeated from the start when another transaction conflicts with it, so it
     * must have no effect outside of the database. Within a transaction, it joins that one. One of a single row is in a
     * session of Panache, so it can have HQL. One of several rows is SQL alone, because a session makes a future of each
     * row. See docs/adr/0005 and 0009.
     *
     * @param rows the number of rows that it works on at most. Few transactions of over 100 rows run at once
     */
    public <T> Uni<T> transaction(Vendor vendor, int rows, Supplier<Uni<T>> work) {
        if (currentTransaction() != null) {
            return work.get();
        }
        Supplier<Uni<T>> transaction = rows == 1
                ? () -> Panache.withTransaction(() -> Panache.getSession().chain(session -> within(session, work)))
                : () -> UniHelper.toUni(
                        pool.withTransaction(connection -> UniHelper.toFuture(within(connection, work))));
        return memory.rows(0, () -> executor.transaction(vendor, rows, transaction));
    }

    /** Executes queries in a session of Panache that all see the rows of one moment. */
    public <T> Uni<T> snapshot(Vendor vendor, Cost cost, Supplier<Uni<T>> queries) {
        Supplier<Uni<T>> transaction = () -> Panache.withTransaction(() -> Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(SNAPSHOT).executeUpdate().chain(() -> within(session, queries))));
        return executor.onOwnConnection(vendor, cost, transaction);
    }

    private static <T> Uni<T> within(Object transaction, Supplier<Uni<T>> work) {
        ContextLocals.put(TRANSACTION, transaction);
        return StatementExecutor.unlessOver(work).onTermination().invoke(() -> ContextLocals.remove(TRANSACTION));
    }

    /** The session or the connection of the transaction of the current call; null outside of one. */
    static Object currentTransaction() {
        return ContextLocals.get(TRANSACTION).orElse(null);
    }

    /**
     * Executes a statement that belongs to no vendor, such as one that reads the bitkeys of all vendors. Its connection
     * is beside those of the calls: it delays no call, and no number of calls delays it.
     */
    public Uni<List<Object[]>> withoutVendor(String statement, Object... parameters) {
        return executor.besideCalls(() -> on(pools.aside, ROWS, statement, parameters));
    }

    /** Whether the database is a Citus cluster. It is asked once. */
    public Uni<Boolean> isCluster() {
        Boolean known = isCluster;
        return known != null
                ? Uni.createFrom().item(known)
                : executor.besideCalls(() -> on(pools.aside, ROWS, CitusForms.IS_CLUSTER, new Object[0]))
                        .map(rows -> isCluster = !rows.isEmpty());
    }

    /** @param who makes the change; null for a select, and when no history asks */
    private <T> Uni<T> execute(Vendor vendor, Answer<T> answer, String who, String sql, Object... parameters) {
        String statement = who == null ? sql : ChangeActor.sql(sql, parameters.length + 2);
        Object[] bound = bind(vendor, who, parameters);
        Object transaction = currentTransaction();
        if (transaction instanceof Mutiny.Session session) {
            return answer.inSession.apply(query(session, statement, bound));
        }
        return transaction instanceof SqlClient connection
                ? Uni.createFrom().deferred(() -> UniHelper.toUni(send(connection, answer, statement, bound)))
                : executor.onOwnConnection(vendor, Cost.CHEAP, () -> on(pool, answer, statement, bound));
    }

    /** The pool itself would log errors of its acquire timeout (vertx-sql-client#1706). */
    private static <T> Uni<T> on(Pool pool, Answer<T> answer, String statement, Object[] bound) {
        return UniHelper.toUni(pool.withConnection(connection -> Call.isOver()
                ? Future.failedFuture(new TimeoutException("its call is over"))
                : send(connection, answer, statement, bound)));
    }

    static <T> Future<T> send(SqlClient client, Answer<T> answer, String statement, Object[] bound) {
        LOG.debug(statement);
        Object[] values = new Object[bound.length];
        Arrays.setAll(values, i -> bound[i] instanceof byte[] bytes ? Buffer.buffer(bytes) : bound[i]);
        return client.preparedQuery(statement)
                .collecting(Collectors.mapping(VendorSql::columns, Collectors.toList()))
                .execute(Tuple.wrap(values))
                .map(answer.onConnection);
    }

    private static Object[] columns(Row row) {
        Object[] columns = new Object[row.size()];
        Arrays.setAll(columns, i -> row.getValue(i) instanceof Buffer bytes ? bytes.getBytes() : row.getValue(i));
        return columns;
    }

    /** Hibernate has another form of parameters. No entity is loaded, so there is nothing to flush. */
    private static Mutiny.Query<Object> query(Mutiny.Session session, String statement, Object[] bound) {
        Mutiny.Query<Object> query = session.createNativeQuery(statement.replace('$', '?'));
        for (int i = 0; i < bound.length; i++) {
            query.setParameter(i + 1, bound[i]);
        }
        return query.setFlushMode(FlushMode.MANUAL);
    }

    private static Object[] bind(Vendor vendor, String who, Object... parameters) {
        Object[] bound = new Object[parameters.length + (who == null ? 1 : 2)];
        bound[0] = vendor.name();
        System.arraycopy(parameters, 0, bound, 1, parameters.length);
        if (who != null) {
            bound[parameters.length + 1] = who;
        }
        return bound;
    }
}
