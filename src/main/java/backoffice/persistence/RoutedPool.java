package backoffice.persistence;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A pool that takes each connection from the pool that a supplier names at that moment. Hibernate knows one pool for
 * the lifetime of the service. With this one, the pool behind it can be replaced. It has the deprecated type
 * {@code PgPool}, because Quarkus casts what {@code PgPoolCreator} returns to that type.
 */
@SuppressWarnings("deprecation")
final class RoutedPool implements PgPool {

    private final Supplier<Pool> current;
    private final Supplier<Future<Void>> close;

    RoutedPool(Supplier<Pool> current, Supplier<Future<Void>> close) {
        this.current = current;
        this.close = close;
    }

    @Override
    public Future<SqlConnection> getConnection() {
        return current.get().getConnection();
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return current.get().query(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return current.get().preparedQuery(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return current.get().preparedQuery(sql, options);
    }

    @Override
    public int size() {
        return current.get().size();
    }

    @Override
    public Future<Void> close() {
        return close.get();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        close().onComplete(handler);
    }

    /** Not supported: the pools behind this one are complete when they are created. */
    @Override
    public PgPool connectHandler(Handler<SqlConnection> handler) {
        throw new UnsupportedOperationException();
    }

    /** Not supported, as {@link #connectHandler}. */
    @Override
    public PgPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
        throw new UnsupportedOperationException();
    }
}
