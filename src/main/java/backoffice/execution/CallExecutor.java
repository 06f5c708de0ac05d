package backoffice.execution;

import backoffice.bulkhead.MemoryBudget;
import backoffice.call.Call;
import backoffice.call.CallTimeout;
import backoffice.envelope.Envelope;
import backoffice.envelope.Envelope.Page;
import backoffice.idempotency.IdempotencyKeys;
import backoffice.persistence.Citus;
import backoffice.persistence.Database;
import backoffice.persistence.DatabaseAvailability;
import backoffice.persistence.VendorShares;
import backoffice.persistence.Work;
import backoffice.persistence.Work.Estimate;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Executes what a resource asks for. {@code change} and {@code execute} show all that happens between a resource and its
 * answer, in the order in which it happens. The statements themselves are those of a repository.
 */
@Singleton
public class CallExecutor {

    private final IdempotencyKeys keys;
    private final Citus citus;
    private final DatabaseAvailability availability;
    private final CallTimeout timeout;
    private final MemoryBudget memory;
    private final VendorShares shares;
    private final Database database;

    CallExecutor(
            IdempotencyKeys keys,
            Citus citus,
            DatabaseAvailability availability,
            CallTimeout timeout,
            MemoryBudget memory,
            VendorShares shares,
            Database database) {
        this.keys = keys;
        this.citus = citus;
        this.availability = availability;
        this.timeout = timeout;
        this.memory = memory;
        this.shares = shares;
        this.database = database;
    }

    /** Reads for the caller, and answers with the page. */
    public <T> Uni<Envelope<T>> read(Work<Page<T>> reading) {
        return execute(Call.current().orElseThrow().vendor(), reading).map(Envelope::of);
    }

    /** Changes what the caller has, at most once for each idempotency key, and answers with the items of the change. */
    public <T> Uni<Envelope<T>> change(Work<List<T>> changing) {
        Call call = Call.current().orElseThrow();
        Work<Envelope<T>> change = changing.map(Envelope::of);
        return citus.againIfNotFoundOnCluster(() -> call.idempotencyKey() == null
                ? execute(call.vendor(), change)
                : keys.executeOnce(call, change, once -> execute(call.vendor(), once)));
    }

    /** Does work for a vendor, also outside of a call. */
    public <T> Uni<T> execute(Vendor vendor, Work<T> work) {
        Estimate estimate = work.estimate().apply(vendor);
        return availability.report(timeout.limit(() -> memory.withRoom(
                estimate.rowBytes(),
                room -> shares.take(vendor, estimate.cost(), () -> database.execute(vendor, room, work)))));
    }
}
