package backoffice.execution;

import backoffice.bulkhead.MemoryBudget;
import backoffice.envelope.Envelope;
import backoffice.envelope.Envelope.Page;
import backoffice.idempotency.IdempotencyKeys;
import backoffice.persistence.Connections;
import backoffice.persistence.Outages;
import backoffice.persistence.Retries;
import backoffice.persistence.VendorShares;
import backoffice.persistence.Work;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/**
 * Executes what a resource asks for. {@code change} and {@code execute} show all that happens between a resource and its
 * answer, in the order in which it happens. The statements themselves are those of a repository.
 */
@Singleton
public class CallExecutor {

    private final IdempotencyKeys keys;
    private final MemoryBudget memory;
    private final Outages outages;
    private final VendorShares shares;
    private final Retries retries;
    private final Connections connections;

    CallExecutor(
            IdempotencyKeys keys,
            MemoryBudget memory,
            Outages outages,
            VendorShares shares,
            Retries retries,
            Connections connections) {
        this.keys = keys;
        this.memory = memory;
        this.outages = outages;
        this.shares = shares;
        this.retries = retries;
        this.connections = connections;
    }

    /** Reads for the caller, and answers with the page. */
    public <T> Uni<Envelope<T>> read(Function<Vendor, Work<Page<T>>> reading) {
        Vendor caller = Call.current().orElseThrow().vendor();
        return execute(caller, reading.apply(caller)).map(Envelope::of);
    }

    /** Changes what the caller has, at most once for each idempotency key, and answers with the items of the change. */
    public <T> Uni<Envelope<T>> change(Function<Vendor, Work<List<T>>> changing) {
        Vendor caller = Call.current().orElseThrow().vendor();
        Work<Envelope<T>> change = keys.once(changing.apply(caller));
        return retries.onMissedRows(() -> keys.waitWhileLocked(() -> execute(caller, change)));
    }

    /** Does the work of a call for a vendor, also outside of a call. */
    public <T> Uni<T> execute(Vendor vendor, Work<T> work) {
        return outages.report(() -> memory.rows(
                work.expectedBytes(),
                () -> shares.take(vendor, work, () -> retries.on(work, () -> connections.open(work)))));
    }
}
