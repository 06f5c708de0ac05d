package backoffice.persistence;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.function.Supplier;

/**
 * The base of every repository. Each statement of SQL gets the vendor as {@code $1} and its other parameters from
 * {@code $2} on. A repository has no method that reaches rows of all vendors.
 *
 * <p>All methods fail with status 5001 when PostgreSQL cannot be reached, or does not answer in time.
 */
public abstract class VendorScopedRepository {

    private final SqlExecutor sql;

    protected VendorScopedRepository(SqlExecutor sql) {
        this.sql = sql;
    }

    /** Reads by one fast statement, outside of any transaction, on a connection that concurrent calls share. */
    protected final Uni<RowSet<Row>> read(String statement, String vendor, Object... parameters) {
        return sql.read(statement, tuple(vendor, parameters));
    }

    /** Executes a statement in the current transaction; without one, in a transaction of its own. */
    protected final Uni<RowSet<Row>> execute(String statement, String vendor, Object... parameters) {
        return sql.execute(vendor, statement, tuple(vendor, parameters));
    }

    /** Executes a statement unless it has no rows to work on. */
    protected final Uni<Void> executeUnlessEmpty(Object[] rows, String statement, String vendor, Object... parameters) {
        return rows.length == 0
                ? Uni.createFrom().voidItem()
                : execute(statement, vendor, parameters).replaceWithVoid();
    }

    /**
     * Executes statements in one transaction, which is retried when another transaction conflicts with it. Within a
     * transaction, the statements join that one.
     */
    public final <T> Uni<T> transaction(String vendor, Supplier<Uni<T>> statements) {
        return sql.transaction(vendor, statements);
    }

    private static Tuple tuple(String vendor, Object... parameters) {
        Tuple tuple = Tuple.of(vendor);
        for (Object parameter : parameters) {
            tuple.addValue(parameter);
        }
        return tuple;
    }
}
