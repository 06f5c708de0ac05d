package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The statements of a call, and what they need. They are repeated after a conflict, so they have no effect outside of the
 * database. See docs/adr/0009.
 *
 * @param expectedBytes the bytes that the rows probably have, or {@link MemoryBudget#SMALL}
 */
public record Work<T>(Access access, Cost cost, long expectedBytes, Supplier<Uni<T>> statements) {

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

    /** What the statements of a call cost the other calls. Each cost has a turn of its own. See docs/adr/0034. */
    public enum Cost {
        /** They read one row by its key, on a connection that concurrent calls share. A slow statement would delay theirs. */
        ONE_ROW,
        /** They read or write few rows. */
        CHEAP,
        /** They return many values of rows that an index finds. */
        LARGE_PAGE,
        /** They can read or change many rows. */
        EXPENSIVE
    }

    private static final int MAX_ROWS_OF_CHEAP_CHANGE = 100;

    /** A read of one row by {@link VendorSql#selectByKey}. */
    public static <T> Work<T> readRow(Supplier<Uni<T>> statement) {
        return new Work<>(Access.SHARED_CONNECTION, Cost.ONE_ROW, MemoryBudget.SMALL, statement);
    }

    /** A read of rows by SQL that knows the size of what it returns. */
    public static <T> Work<T> readRows(Cost cost, Supplier<Uni<T>> statement) {
        return new Work<>(Access.CONNECTION, cost, 0, statement);
    }

    /** A change of one row by one statement, which returns one row at most. */
    public static <T> Work<T> changeRow(Supplier<Uni<T>> statement) {
        return new Work<>(Access.CONNECTION, Cost.CHEAP, MemoryBudget.SMALL, statement);
    }

    /** A change of several rows, which is one transaction. */
    public static <T> Work<T> changeRows(int rows, Supplier<Uni<T>> statements) {
        Cost cost = rows > MAX_ROWS_OF_CHEAP_CHANGE ? Cost.EXPENSIVE : Cost.CHEAP;
        return new Work<>(Access.TRANSACTION, cost, 0, statements);
    }

    /** The same work with another result. */
    public <R> Work<R> map(Function<T, R> result) {
        return new Work<>(access, cost, expectedBytes, () -> statements.get().map(result));
    }

    /** The same work in a transaction, which has other statements around it. */
    public Work<T> inTransaction(Function<Supplier<Uni<T>>, Uni<T>> around) {
        return new Work<>(Access.TRANSACTION, cost, 0, () -> around.apply(statements));
    }

    /** Whether the statements can succeed when they start again. A conflict is one of a transaction. */
    public boolean isRetriedAfter(Throwable failure) {
        return access == Access.TRANSACTION ? PostgresErrors.isConflict(failure) : PostgresErrors.isTransient(failure);
    }
}
