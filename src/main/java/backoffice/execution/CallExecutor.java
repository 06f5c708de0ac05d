package backoffice.execution;

import backoffice.bulkhead.MemoryBudget;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Problem;
import backoffice.idempotency.IdempotencyKeys;
import backoffice.persistence.CallTimeout;
import backoffice.persistence.Citus;
import backoffice.persistence.Outages;
import backoffice.persistence.VendorShares;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Executes what a resource asks for. {@code change} and {@code execute} show all that happens between a resource and its
 * answer, in the order in which it happens. The statements themselves are those of a repository.
 */
@Singleton
public class CallExecutor {

    private final IdempotencyKeys keys;
    private final Citus citus;
    private final Outages outages;
    private final CallTimeout timeout;
    private final MemoryBudget memory;
    private final VendorShares shares;
    private final VendorSql sql;

    CallExecutor(
            IdempotencyKeys keys,
            Citus citus,
            Outages outages,
            CallTimeout timeout,
            MemoryBudget memory,
            VendorShares shares,
            VendorSql sql) {
        this.keys = keys;
        this.citus = citus;
        this.outages = outages;
        this.timeout = timeout;
        this.memory = memory;
        this.shares = shares;
        this.sql = sql;
    }

    /** Reads for the caller, and answers with the page. */
    public <T> Uni<Envelope<T>> read(Function<Vendor, Work<Page<T>>> reading) {
        Vendor caller = Call.current().orElseThrow().vendor();
        return execute(caller, reading.apply(caller)).map(Envelope::of);
    }

    /** Changes what the caller has, at most once for each idempotency key, and answers with the items of the change. */
    public <T> Uni<Envelope<T>> change(Function<Vendor, Work<List<T>>> changing) {
        Call call = Call.current().orElseThrow();
        Work<Envelope<T>> change = changing.apply(call.vendor()).map(Envelope::of);
        return citus.againOnMissedRows(() -> call.idempotencyKey() == null
                ? execute(call.vendor(), change)
                : keys.executeOnce(call, change, once -> execute(call.vendor(), once)));
    }

    /** Does the work of a call for a vendor, also outside of a call. After conflicts, the statements start again. */
    public <T> Uni<T> execute(Vendor vendor, Work<T> work) {
        Supplier<Uni<T>> statements = () -> VendorSql.retry(work::isRetriedAfter, () -> sql.execute(work))
                .onFailure(work::isRetriedAfter)
                .transform(last -> new ApiException(Problem.DATABASE_UNAVAILABLE, last));
        Supplier<Uni<T>> turn =
                () -> memory.rows(work.expectedBytes(), () -> shares.take(vendor, work.cost(), statements));
        return outages.report(timeout.limit(turn));
    }
}
