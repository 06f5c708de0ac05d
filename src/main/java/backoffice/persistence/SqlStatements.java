package backoffice.persistence;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hibernate.StaleStateException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jboss.logging.Logger;

/**
 * Executes statements of SQL, on the connection of Panache's session or beside it.
 *
 * <p>{@link Mutiny.Session} has no public way to its connection, so this class uses the internal class {@link
 * MutinySessionImpl}. We know of no upstream issue. If Hibernate Reactive moves that class, use {@code
 * createNativeQuery}, which makes batches slower. See docs/adr/0005.
 */
final class SqlStatements {

    private static final Logger LOG = Logger.getLogger(SqlStatements.class);

    private SqlStatements() {}

    /** Executes a statement on the connection of the current session, and returns its rows. */
    static Uni<List<Object[]>> inSession(String statement, Object[] parameters) {
        return connection()
                .chain(connection -> Uni.createFrom().completionStage(connection.select(statement, parameters)))
                .map(SqlStatements::list);
    }

    /**
     * Executes a statement on the connection of the current session.
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

    /** Executes a statement without a session, and returns its rows. */
    static Future<List<Object[]>> on(SqlClient client, String statement, Object[] parameters) {
        LOG.debug(statement);
        return client.preparedQuery(statement)
                .mapping(SqlStatements::columns)
                .execute(Tuple.wrap(parameters))
                .map(rows -> list(rows.iterator()));
    }

    private static Uni<ReactiveConnection> connection() {
        return Panache.getSession().map(session -> ((MutinySessionImpl) session).getReactiveConnection());
    }

    private static Object[] columns(Row row) {
        Object[] columns = new Object[row.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = row.getValue(i);
        }
        return columns;
    }

    private static List<Object[]> list(Iterator<Object[]> rows) {
        List<Object[]> list = new ArrayList<>();
        rows.forEachRemaining(list::add);
        return list;
    }
}
