package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget;
import backoffice.persistence.Connections.Access;
import backoffice.persistence.VendorShares.Cost;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * The statements of a call that changes rows, and what they need. They are repeated after a conflict, so they have no effect
 * outside of the database. See docs/adr/0009.
 *
 * @param rows the number of rows that they work on at most
 */
public record Change<T>(Access access, int rows, Supplier<Uni<T>> statements) {

    private static final int MAX_ROWS_OF_CHEAP_CHANGE = 100;

    /** A change of one row by one statement of SQL. */
    public static <T> Change<T> ofRow(Supplier<Uni<T>> statement) {
        return new Change<>(Access.CONNECTION, 1, statement);
    }

    /** A change of several rows, which is one transaction. */
    public static <T> Change<T> ofBatch(int rows, Supplier<Uni<T>> statements) {
        return new Change<>(Access.TRANSACTION, rows, statements);
    }

    /** A change of these statements, on the same connection. */
    public <R> Change<R> with(Supplier<Uni<R>> others) {
        return new Change<>(access, rows, others);
    }

    /** The same change in a transaction, which can have more statements. */
    public Change<T> inTransaction() {
        return new Change<>(Access.TRANSACTION, rows, statements);
    }

    /** Whether the statements can succeed when they start again. A conflict is one of a transaction. */
    public boolean isRetriedAfter(Throwable failure) {
        return isOneStatement() ? PostgresErrors.isTransient(failure) : PostgresErrors.isConflict(failure);
    }

    public Cost cost() {
        return rows > MAX_ROWS_OF_CHEAP_CHANGE ? Cost.EXPENSIVE : Cost.CHEAP;
    }

    /** As {@link Read#expectedBytes}. Outside of a transaction, one statement returns one row at most. */
    public long expectedBytes() {
        return isOneStatement() ? MemoryBudget.SMALL : 0;
    }

    private boolean isOneStatement() {
        return access == Access.CONNECTION;
    }
}
