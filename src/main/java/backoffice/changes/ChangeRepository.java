package backoffice.changes;

import backoffice.persistence.SqlExecutor;
import backoffice.persistence.VendorScopedRepository;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Records changes in the transaction that makes them, while {@code backoffice.changes} is on (docs/api.md, section
 * 10). While it is off, each method only makes the change.
 */
@Singleton
public class ChangeRepository extends VendorScopedRepository {

    private static final String COLUMNS =
            " into change (vendor, call, bitkey, correlation_id, idempotency_key, changes) ";
    private static final String RECORD =
            "insert" + COLUMNS + "values ($1, $2, $3, $4, $5, cast(cast($6 as text) as jsonb))";
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

    ChangeRepository(SqlExecutor sql, ChangesConfig config, ObjectMapper json) {
        super(sql);
        this.config = config;
        this.json = json;
    }

    /**
     * Executes a statement that makes one change, and records the change in the same statement.
     *
     * @param statement changes one row or none; a change of no row is not recorded
     * @return the result of the statement, which has the number of changed rows
     */
    public Uni<RowSet<Row>> execute(String statement, String vendor, Change change, Object... parameters) {
        if (!config.enabled() || !change.isEffective()) {
            return execute(statement, vendor, parameters);
        }
        Object[] all = Stream.concat(
                        Stream.of(parameters),
                        Stream.of(parametersOf(List.of(change).iterator())))
                .toArray();
        return execute(recording(statement, parameters.length + 2), vendor, all).call(() -> purgeSometimes(vendor));
    }

    /**
     * Executes work that makes changes, and records them in the same transaction.
     *
     * @param changes returns the changes, by the result of the work
     */
    public <T> Uni<T> recording(String vendor, Supplier<Uni<T>> work, Function<T, List<Change>> changes) {
        return config.enabled()
                ? transaction(vendor, () -> work.get().call(result -> record(vendor, () -> changes.apply(result))))
                : work.get();
    }

    /**
     * Records changes in the current transaction, which has made them already. A batch of large customers takes more than
     * one row, so that its changes are never in memory as one text.
     */
    public Uni<Void> record(String vendor, Supplier<List<Change>> changes) {
        List<Change> effective = config.enabled()
                ? changes.get().stream().filter(Change::isEffective).toList()
                : List.of();
        return effective.isEmpty()
                ? Uni.createFrom().voidItem()
                : recordRows(vendor, effective.iterator()).chain(() -> purgeSometimes(vendor));
    }

    private Uni<Void> recordRows(String vendor, Iterator<Change> changes) {
        return execute(RECORD, vendor, parametersOf(changes))
                .chain(() -> changes.hasNext()
                        ? recordRows(vendor, changes)
                        : Uni.createFrom().voidItem());
    }

    /** Deletes what is older than the retention. Calls do that, so the service needs no scheduled job. */
    private Uni<Void> purgeSometimes(String vendor) {
        return recordedCalls.getAndIncrement() % CALLS_PER_PURGE == 0
                ? execute(PURGE, vendor, (double) config.retention().toSeconds())
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static String recording(String statement, int next) {
        return "with changed as (" + statement + " returning 1) insert" + COLUMNS
                + "select cast($1 as text), $%d, $%d, $%d, $%d, cast(cast($%d as text) as jsonb) from changed"
                        .formatted(next, next + 1, next + 2, next + 3, next + 4);
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
