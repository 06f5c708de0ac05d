package backoffice.persistence;

import backoffice.bulkhead.MemoryBudget;
import backoffice.persistence.Connections.Access;
import backoffice.persistence.VendorShares.Cost;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The statements of a call that reads, and what they need.
 *
 * @param hql the statement that Hibernate translates when it is new; null for SQL, and for HQL that is no client's
 * @param expectedBytes the bytes that the rows probably have, or {@link MemoryBudget#SMALL}
 */
public record Read<T>(Access access, Cost cost, String hql, long expectedBytes, Supplier<Uni<T>> statements) {

    /** A read of one row by {@link VendorSql#selectByKey}. */
    public static <T> Read<T> oneRow(Supplier<Uni<T>> statement) {
        return new Read<>(Access.SHARED_CONNECTION, Cost.ONE_ROW, null, MemoryBudget.SMALL, statement);
    }

    /** A read of rows by SQL that knows the size of what it returns. */
    public static <T> Read<T> rows(Cost cost, Supplier<Uni<T>> statement) {
        return new Read<>(Access.CONNECTION, cost, null, 0, statement);
    }

    /** The same read with another result. */
    public <R> Read<R> map(Function<T, R> result) {
        return new Read<>(
                access, cost, hql, expectedBytes, () -> statements.get().map(result));
    }
}
