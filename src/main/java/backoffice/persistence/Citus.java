package backoffice.persistence;

import backoffice.call.CallTimeout;
import backoffice.envelope.ApiException;
import backoffice.envelope.Status;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a cluster of Citus needs: forms of SQL, which do the same on a plain PostgreSQL, and a second look for missed rows.
 * See docs/adr/0027.
 */
@Singleton
public class Citus {

    /**
     * The beginning of the first SQL statement of a transaction. On a cluster, it keeps the rows of the vendor ({@code $1})
     * on their node until the transaction ends, as each change of a row does. Otherwise, the locks and settings of the
     * transaction could be on one node, and its later statements on another one. It changes no row.
     */
    public static final String PINNED = "with pinned as (update row_count set rows = rows where vendor = $1"
            + " and list = 'groups' and group_id = 0 and first_name = '' and slot = -1 returning 1)";

    /**
     * The end of a statement with {@link #PINNED} that only calls a function, such as one that takes an advisory lock. On
     * a cluster, it has the function called on the node of the vendor, through whichever node the statement comes.
     */
    public static final String ON_NODE_OF_VENDOR = " from (select count(*) from pinned) as on_node_of_vendor";

    /**
     * A condition that holds for no row with the alias {@code g}. With the condition "false", a cluster could not see
     * that the join is within a vendor.
     */
    public static final String NO_ROW = "g.id = -1";

    /** The end of an insert. Without it, a cluster copies the rows and hides the SQLSTATE of a duplicate. */
    public static final String RETURNING_SOMETHING = " returning 1";

    /** Returns a row on a cluster, and none otherwise. */
    private static final String IS_CLUSTER = "select 1 from pg_extension where extname = 'citus'";

    /** The message about a shard that has just moved or been split. It is in English in each language. */
    static final String NO_SHARD = "could not find valid entry for shard";

    /** A call that finds nothing waits for no more than this, because on a plain PostgreSQL it has its answer. */
    private static final Duration MAX_LOOK_UP = Duration.ofMillis(500);

    private final Database database;
    private final CallTimeout timeout;

    /** What the database has said; null before it is asked. */
    volatile Boolean isCluster;

    Citus(Database database, CallTimeout timeout) {
        this.database = database;
        this.timeout = timeout;
    }

    /**
     * Executes a change. On a cluster, one that finds no group or customer is executed once more, because a statement that
     * waited for the move of a shard can miss rows.
     */
    public <T> Uni<T> againIfNotFoundOnCluster(Supplier<Uni<T>> change) {
        return change.get()
                .onFailure(Citus::isNotFound)
                .recoverWithUni(notFound -> isCluster()
                        .chain(cluster ->
                                cluster ? change.get() : Uni.createFrom().failure(notFound)));
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof ApiException e
                && (e.status() == Status.NO_SUCH_GROUP || e.status() == Status.NO_SUCH_CUSTOMER);
    }

    /** False as long as the database has not said it. A look-up that takes longer goes on, for the calls that follow. */
    private Uni<Boolean> isCluster() {
        Boolean known = isCluster;
        return known != null
                ? Uni.createFrom().item(known)
                : timeout.limit(MAX_LOOK_UP, this::lookUp).onFailure().recoverWithItem(false);
    }

    private Uni<Boolean> lookUp() {
        return database.withoutVendor(IS_CLUSTER).map(rows -> isCluster = !rows.isEmpty());
    }
}
