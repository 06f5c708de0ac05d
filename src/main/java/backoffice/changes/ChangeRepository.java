package backoffice.changes;

import backoffice.persistence.Database;
import backoffice.persistence.RecordedChange;
import backoffice.persistence.VendorRepository;
import backoffice.value.Vendor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Records changes in the transaction that makes them, while {@code backoffice.changes} is on (docs/api.md, section
 * 10). While it is off, each method only makes the change.
 */
@Singleton
public class ChangeRepository extends VendorRepository<RecordedChange> {

    private static final String RECORD = """
            insert into change (vendor, call, bitkey, correlation_id, idempotency_key, changes)
            values ($1, $2, $3, $4, $5, cast(cast($6 as text) as jsonb))
            """;
    private static final int CALLS_PER_PURGE = 64;

    /** A row with more characters is complete. A batch with names of ordinary length has one row. */
    private static final int MAX_ROW_CHARACTERS = 2_000_000;

    // The oldest rows come first, so the statement reads no row that stays, apart from the last of them.
    private static final String PURGE = """
            delete from change c using (
                select era, position, recorded_at from change where vendor = $1
                order by era, position limit 256 for update skip locked) oldest
            where c.vendor = $1 and c.era = oldest.era and c.position = oldest.position
                and oldest.recorded_at < now() - make_interval(secs => $2)
            """;

    private final ChangesConfig config;
    private final ObjectMapper json;
    private final AtomicInteger recordedCalls = new AtomicInteger();

    ChangeRepository(Database database, ChangesConfig config, ObjectMapper json) {
        super(RecordedChange.class, database);
        this.config = config;
        this.json = json;
    }

    /**
     * Executes work that makes changes, and records them in the same transaction.
     *
     * @param changes returns the changes, by the result of the work
     */
    public <T> Uni<T> recording(Vendor vendor, Supplier<Uni<T>> work, Function<T, List<Change>> changes) {
        return config.enabled()
                ? transaction(vendor, () -> work.get().call(result -> record(vendor, () -> changes.apply(result))))
                : work.get();
    }

    /**
     * Records changes in the current transaction, which has made them already. A batch of large customers takes more than
     * one row, so that its changes are never in memory as one text.
     */
    public Uni<Void> record(Vendor vendor, Supplier<List<Change>> changes) {
        List<Change> effective = config.enabled()
                ? changes.get().stream().filter(Change::isEffective).toList()
                : List.of();
        return effective.isEmpty()
                ? Uni.createFrom().voidItem()
                : recordRows(vendor, effective.iterator()).chain(() -> purgeSometimes(vendor));
    }

    private Uni<Void> recordRows(Vendor vendor, Iterator<Change> changes) {
        return sql(vendor, RECORD, parametersOf(changes))
                .chain(() -> changes.hasNext()
                        ? recordRows(vendor, changes)
                        : Uni.createFrom().voidItem());
    }

    /** Deletes what is older than the retention. Calls do that, so the service needs no scheduled job. */
    private Uni<Void> purgeSometimes(Vendor vendor) {
        return recordedCalls.getAndIncrement() % CALLS_PER_PURGE == 0
                ? sql(vendor, PURGE, (double) config.retention().toSeconds()).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Object[] parametersOf(Iterator<Change> changes) {
        Origin origin = Origin.current();
        return new Object[] {
            origin.call(), origin.bitkey(), origin.correlationId(), origin.idempotencyKey(), nextRow(changes)
        };
    }

    /** As many changes as fit into a row, as JSON. */
    private String nextRow(Iterator<Change> changes) {
        StringJoiner row = new StringJoiner(",", "[", "]");
        while (changes.hasNext() && row.length() < MAX_ROW_CHARACTERS) {
            row.add(text(changes.next()));
        }
        return row.toString();
    }

    private String text(Change change) {
        try {
            return json.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Jackson cannot write a change", e);
        }
    }
}
