package backoffice.persistence;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Opens the connection, session or transaction of a call, which {@link VendorSql} and Panache then use. */
@Singleton
public class Connections {

    /** How the statements of a call reach PostgreSQL. See docs/adr/0005. */
    public enum Access {
        /** On connections that concurrent calls share. */
        SHARED_CONNECTION,
        /** On a connection of the call. */
        CONNECTION,
        /** In a session of Panache, for HQL. */
        SESSION,
        /** In a session of Panache whose statements all see the rows of one moment. */
        SNAPSHOT,
        /** In a transaction on a connection of the call. */
        TRANSACTION
    }

    private static final String CURRENT = Connections.class.getName();
    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";

    private final Pool pool;

    Connections(Pool pool) {
        this.pool = pool;
    }

    /** Executes the statements of a call, unless its deadline has passed when it gets the connection. */
    public <T> Uni<T> open(Access access, Supplier<Uni<T>> statements) {
        Supplier<Uni<T>> work = () -> CallTimeout.unlessOver(statements);
        return switch (access) {
            case SHARED_CONNECTION -> work.get();
            // The pool itself would log errors of its acquire timeout (vertx-sql-client#1706).
            case CONNECTION -> UniHelper.toUni(pool.withConnection(connection -> within(connection, work)));
            case SESSION -> Panache.withSession(work);
            case SNAPSHOT ->
                Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(SNAPSHOT).executeUpdate())
                        .chain(() -> work.get()));
            case TRANSACTION -> UniHelper.toUni(pool.withTransaction(connection -> within(connection, work)));
        };
    }

    private static <T> Future<T> within(SqlConnection connection, Supplier<Uni<T>> work) {
        ContextLocals.put(CURRENT, connection);
        return UniHelper.toFuture(work.get().onTermination().invoke(() -> ContextLocals.remove(CURRENT)));
    }

    /** The connection of the current call. */
    static SqlConnection current() {
        return ContextLocals.<SqlConnection>get(CURRENT).orElseThrow();
    }
}
