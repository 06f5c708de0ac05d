package backoffice.persistence;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.StaleStateException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;

/**
 * Opens Panache's sessions and transactions with the timeouts of {@link DatabaseSettings}, also behind a pooler that refuses
 * these as parameters of a connection.
 *
 * <p>{@link Mutiny.Session} has no public way to its connection, so this class uses the internal class {@link
 * MutinySessionImpl}. We know of no upstream issue. If Hibernate Reactive moves that class, use {@code
 * createNativeQuery}, which makes batches slower. See docs/adr/0005.
 */
@Singleton
class Sessions {

    private final ConnectionPools pools;
    private final String setTimeouts;

    Sessions(ConnectionPools pools, DatabaseSettings settings) {
        this.pools = pools;
        this.setTimeouts = ("select set_config('statement_timeout', '%d', true), "
                        + "set_config('idle_in_transaction_session_timeout', '%d', true)")
                .formatted(
                        settings.statementTimeout().toMillis(),
                        settings.idleInTransactionTimeout().toMillis());
    }

    /** Executes work of one statement in a session. */
    <T> Uni<T> withSession(Supplier<Uni<T>> work) {
        return pools.setsTimeoutsOnConnect() ? Panache.withSession(work) : withTransaction(work);
    }

    /** Executes work in a session and a transaction. */
    <T> Uni<T> withTransaction(Supplier<Uni<T>> work) {
        return Panache.withTransaction(
                pools.setsTimeoutsOnConnect()
                        ? work
                        : () -> Panache.getSession().chain(this::setTimeouts).chain(timeouts -> work.get()));
    }

    private Uni<Object[]> setTimeouts(Mutiny.Session session) {
        return session.createNativeQuery(setTimeouts, Object[].class).getSingleResult();
    }

    /** Executes work of one statement on a connection, with the timeouts. */
    <T> Future<T> withConnection(Pool connections, Function<SqlConnection, Future<T>> work) {
        // The pool itself would log errors of its acquire timeout (vertx-sql-client#1706).
        return pools.setsTimeoutsOnConnect()
                ? connections.withConnection(work)
                : connections.withTransaction(
                        connection -> connection.query(setTimeouts).execute().compose(set -> work.apply(connection)));
    }

    /** Executes a statement of SQL on the connection of the current session, and returns its rows. */
    static Uni<List<Object[]>> sql(String statement, Object[] parameters) {
        return connection()
                .chain(connection -> Uni.createFrom().completionStage(connection.select(statement, parameters)))
                .map(Sessions::list);
    }

    /**
     * Executes a statement of SQL on the connection of the current session.
     *
     * @throws StaleStateException when it does not change this number of rows
     */
    static Uni<Void> change(int rows, String statement, Object[] parameters) {
        return connection()
                .chain(connection -> Uni.createFrom().completionStage(connection.update(statement, parameters)))
                .invoke(changed -> {
                    if (changed != rows) {
                        throw new StaleStateException("%d rows changed, not %d".formatted(changed, rows));
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<ReactiveConnection> connection() {
        return Panache.getSession().map(session -> ((MutinySessionImpl) session).getReactiveConnection());
    }

    private static List<Object[]> list(Iterator<Object[]> rows) {
        List<Object[]> list = new ArrayList<>();
        rows.forEachRemaining(list::add);
        return list;
    }
}
