package backoffice.persistence;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Retries of statements that another transaction, or a cluster, has disturbed. See docs/adr/0009. */
@Singleton
public class Retries {

    private static final int MAX_RETRIES = 4;

    private final VendorSql sql;

    /** What the database has said; null before it is asked. */
    volatile Boolean isCluster;

    Retries(VendorSql sql) {
        this.sql = sql;
    }

    /** Executes the statements of a call, and starts them again after a conflict. After the last one, the call gets 5001. */
    public <T> Uni<T> on(Work<T> work, Supplier<Uni<T>> statements) {
        return repeat(work::isRetriedAfter, statements)
                .onFailure(work::isRetriedAfter)
                .transform(last -> new ApiException(Problem.DATABASE_UNAVAILABLE, last));
    }

    /** The same for statements that belong to no call, which fail as they are. */
    static <T> Uni<T> repeat(Predicate<Throwable> failure, Supplier<Uni<T>> statements) {
        return Uni.createFrom()
                .deferred(statements::get)
                .onFailure(failure)
                .retry()
                .atMost(MAX_RETRIES);
    }

    /**
     * Executes a change. On a cluster, one that finds no group or customer is executed once more, because a statement that
     * waited for the move of a shard can miss rows (docs/adr/0027).
     */
    public <T> Uni<T> onMissedRows(Supplier<Uni<T>> change) {
        return change.get()
                .onFailure(Retries::isNotFound)
                .recoverWithUni(notFound -> isCluster()
                        .chain(cluster ->
                                cluster ? change.get() : Uni.createFrom().failure(notFound)));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof ApiException e
                && (e.status() == Status.NO_SUCH_GROUP || e.status() == Status.NO_SUCH_CUSTOMER);
    }

    private Uni<Boolean> isCluster() {
        Boolean known = isCluster;
        return known != null
                ? Uni.createFrom().item(known)
                : sql.withoutVendor(CitusSql.IS_CLUSTER).map(rows -> isCluster = !rows.isEmpty());
    }
}
