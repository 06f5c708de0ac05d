package backoffice.database;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.spi.DatabaseMetadata;
import java.util.function.Function;

/**
 * A pool that gives calls of {@link Database#read} a connection that they share: their statements are sent without waiting for the answers
 * to those before. It saves PostgreSQL and the service a wake-up for each statement. All others get a connection of their own.
 */
@SuppressWarnings("deprecation") // Quarkus wants a PgPool.
final class PipelinedReads extends ForwardingClient implements PgPool {

    /** Marks the context of a call that shares a connection. */
    static final String SHARED = PipelinedReads.class.getName();

    private final Pool pool;
    private final SqlClient client;
    private final SqlConnection shared;

    /** @param client sends statements of different callers over the same connections */
    PipelinedReads(Pool pool, SqlClient client) {
        super(pool);
        this.pool = pool;
        this.client = client;
        this.shared = new SharedConnection(client);
    }

    @Override
    public Future<SqlConnection> getConnection() {
        // A command has no context of its own.
        return VertxContext.isOnDuplicatedContext() && ContextLocals.get(SHARED).isPresent()
                ? Future.succeededFuture(shared)
                : pool.getConnection();
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    @Override
    public int size() {
        return pool.size();
    }

    @Override
    public Future<Void> close() {
        return client.close().eventually(() -> pool.close());
    }

    @Override
    public PgPool connectHandler(Handler<SqlConnection> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PgPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
        throw new UnsupportedOperationException();
    }

    /** What Hibernate takes for a connection: it sends single statements, has no transaction, and is never closed. */
    private static final class SharedConnection extends ForwardingClient implements SqlConnection {

        SharedConnection(SqlClient client) {
            super(client);
        }

        @Override
        public Transaction transaction() {
            return null;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        @Override
        public SqlConnection exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public SqlConnection closeHandler(Handler<Void> handler) {
            return this;
        }

        @Override
        public Future<PreparedStatement> prepare(String sql) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<PreparedStatement> prepare(String sql, PrepareOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SqlConnection prepare(String sql, Handler<AsyncResult<PreparedStatement>> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SqlConnection prepare(
                String sql, PrepareOptions options, Handler<AsyncResult<PreparedStatement>> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Transaction> begin() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void begin(Handler<AsyncResult<Transaction>> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSSL() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DatabaseMetadata databaseMetadata() {
            throw new UnsupportedOperationException();
        }
    }
}
