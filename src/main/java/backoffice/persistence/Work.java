package backoffice.persistence;

import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The statements of a call, and what they need. They are repeated after a conflict, so they have no effect outside of the
 * database. See docs/adr/0009.
 *
 * @param estimate what they probably take for a vendor
 * @param statements a function of what executes them
 */
public record Work<T>(Access access, Function<Vendor, Estimate> estimate, Function<VendorSql, Uni<T>> statements) {

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

    /**
     * What statements probably take.
     *
     * @param rowBytes the bytes of the rows that they find, 0 when that is not known; empty for one row, which needs no permit
     */
    public record Estimate(Cost cost, OptionalLong rowBytes) {

        private static final Estimate READ_OF_ONE_ROW = new Estimate(Cost.ONE_ROW, OptionalLong.empty());
        private static final Estimate CHANGE_OF_ONE_ROW = new Estimate(Cost.CHEAP, OptionalLong.empty());

        /** @param bytes 0 when it is not known */
        public static Estimate ofRows(Cost cost, long bytes) {
            return new Estimate(cost, OptionalLong.of(bytes));
        }
    }

    private static final int MAX_ROWS_OF_CHEAP_CHANGE = 100;

    /** A read of one row by its key, by one fast statement. */
    public static <T> Work<T> readRow(Function<VendorSql, Uni<T>> statement) {
        return new Work<>(Access.SHARED_CONNECTION, vendor -> Estimate.READ_OF_ONE_ROW, statement);
    }

    /** A read of rows by SQL that knows the size of what it returns. */
    public static <T> Work<T> readRows(Cost cost, Function<VendorSql, Uni<T>> statement) {
        return new Work<>(Access.CONNECTION, vendor -> Estimate.ofRows(cost, 0), statement);
    }

    /** A change of one row by one statement, which returns one row at most. */
    public static <T> Work<T> changeRow(Function<VendorSql, Uni<T>> statement) {
        return new Work<>(Access.CONNECTION, vendor -> Estimate.CHANGE_OF_ONE_ROW, statement);
    }

    /** A change of several rows, which is one transaction. */
    public static <T> Work<T> changeRows(int rows, Function<VendorSql, Uni<T>> statements) {
        Estimate estimate = Estimate.ofRows(rows > MAX_ROWS_OF_CHEAP_CHANGE ? Cost.EXPENSIVE : Cost.CHEAP, 0);
        return new Work<>(Access.TRANSACTION, vendor -> estimate, statements);
    }

    /** The same work with another result. */
    public <R> Work<R> map(Function<T, R> result) {
        return new Work<>(access, estimate, db -> statements.apply(db).map(result));
    }

    /** The same work in a transaction, which has other statements around it. */
    public Work<T> inTransaction(BiFunction<VendorSql, Supplier<Uni<T>>, Uni<T>> around) {
        return new Work<>(
                Access.TRANSACTION,
                vendor -> Estimate.ofRows(estimate.apply(vendor).cost(), 0),
                db -> around.apply(db, () -> statements.apply(db)));
    }

    /** Whether the statements can succeed when they start again. A conflict is one of a transaction. */
    public boolean isRetriedAfter(Throwable failure) {
        return access == Access.TRANSACTION ? PostgresErrors.isConflict(failure) : PostgresErrors.isTransient(failure);
    }
}
