package backoffice.persistence;

import backoffice.value.Vendor;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * The transactions of calls. One of a single row is in a session of Panache, so it can have HQL. One of several rows is SQL
 * alone, on a connection of the pool, because a session makes a future of each row. See docs/adr/0005.
 */
@Singleton
class Transactions {

    private static final String CURRENT = Transactions.class.getName();

    private final StatementExecutor executor;
    private final Pool pool;

    Transactions(StatementExecutor executor, Pool pool) {
        this.executor = executor;
        this.pool = pool;
    }

    /** Executes work as one transaction, or within that of the call, as {@link VendorSql#transaction} says. */
    <T> Uni<T> execute(Vendor vendor, int rows, Supplier<Uni<T>> work) {
        if (current() != null) {
            return work.get();
        }
        Supplier<Uni<T>> transaction = rows == 1
                ? () -> Panache.withTransaction(() -> Panache.getSession().chain(session -> within(session, work)))
                : () -> UniHelper.toUni(
                        pool.withTransaction(connection -> UniHelper.toFuture(within(connection, work))));
        return executor.transaction(vendor, rows, transaction);
    }

    private static <T> Uni<T> within(Object transaction, Supplier<Uni<T>> work) {
        ContextLocals.put(CURRENT, transaction);
        return work.get().onTermination().invoke(() -> ContextLocals.remove(CURRENT));
    }

    /** The session or the connection of the transaction of the current call; null outside of one. */
    static Object current() {
        return ContextLocals.get(CURRENT).orElse(null);
    }

    /** Executes a statement of HQL in the session of the transaction, or in one of its own. */
    <T> Uni<T> inSession(Vendor vendor, Supplier<Uni<T>> statement) {
        if (current() instanceof SqlClient) {
            throw new IllegalStateException("A transaction of several rows has no session for HQL");
        }
        return current() != null
                ? statement.get()
                : executor.onOwnConnection(vendor, () -> Panache.withSession(statement));
    }
}
