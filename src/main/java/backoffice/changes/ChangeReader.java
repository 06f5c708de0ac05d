package backoffice.changes;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.persistence.Database;
import backoffice.persistence.VendorRepository;
import backoffice.value.Name;
import backoffice.value.Vendor;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the recorded changes of a vendor (docs/api.md, section 10). A page has about 1 MiB at most, and at least one
 * event if there is one.
 */
@Singleton
class ChangeReader extends VendorRepository<RecordedChange> {

    /**
     * Which changes a history has. A component that is null accepts all changes.
     *
     * @param group the name of a group before or after the change: of the group itself, or of one that a customer is in
     * @param customer the name of a customer
     * @param bitkey the name of the bitkey that made the change
     */
    record Filter(String group, String customer, String bitkey, OffsetDateTime since) {

        /** @throws ApiException (1001) when a name is not legal */
        Filter {
            Stream.of(group, customer).filter(Objects::nonNull).forEach(Name::new);
        }
    }

    /** @param isFull whether the page ends at its limit of events or of bytes, so that more events can follow */
    record Page(List<ChangeEvent> events, boolean isFull) {

        /** The place of the last event of a page that has one, as a full page does. */
        ChangeCursor last() {
            return ChangeCursor.of(events.get(events.size() - 1).id());
        }
    }

    private static final int MAX_BYTES = 1024 * 1024;
    private static final String EVENTS = """
            select c.era, c.position, e.index, c.recorded_at, c.call, c.bitkey, c.correlation_id, c.idempotency_key,
                cast(e.change as text) as change
            from change c cross join lateral jsonb_array_elements(c.changes) with ordinality as e (change, index)
            where c.vendor = $1
            """;

    /** The column that {@link #page} adds. */
    private static final int BYTES = 9;

    private static final String OLDEST_FIRST = "era, position, index";

    /** The event of the cursor itself comes too. Without it, the changes after the cursor may be deleted already. */
    private static final String FROM_CURSOR = page(EVENTS + """
            and (c.era, c.position) >= ($2, $3) and (c.era, c.position, e.index) >= ($2, $3, $4)
            and (c.era, c.position) <= ($5, $6)
            """, OLDEST_FIRST, "$7");

    private static final String FILTER = """
            and (cast($5 as timestamptz) is null or c.recorded_at >= $5)
            and (cast($6 as text) is null or c.bitkey = $6)
            and (cast($7 as text) is null or e.change->>'type' like 'customer.%'
                and $7 in (e.change#>>'{before,name}', e.change#>>'{after,name}'))
            and (cast($8 as text) is null
                or $8 in (e.change#>>'{before,groupName}', e.change#>>'{after,groupName}')
                or e.change->>'type' like 'group.%' and $8 in (e.change#>>'{before,name}', e.change#>>'{after,name}'))
            """;
    private static final String HISTORY = page(EVENTS + FILTER + """
            and (c.era, c.position) <= ($2, $3) and (c.era, c.position, e.index) < ($2, $3, $4)
            """, "era desc, position desc, index desc", "$9");
    private static final String AUDIT = page(EVENTS + FILTER + """
            and (c.era, c.position) >= ($2, $3) and (c.era, c.position, e.index) > ($2, $3, $4)
            """, OLDEST_FIRST, "$9");

    private final ChangeHorizon horizon;

    ChangeReader(Database database, ChangeHorizon horizon) {
        super(RecordedChange.class, database);
        this.horizon = horizon;
    }

    /** Ends a page with the event that reaches the limit of bytes. The column {@code bytes} adds up to each event. */
    private static String page(String events, String order, String limit) {
        String orderBy = " order by " + order;
        return "select * from (select e.*, sum(octet_length(change)) over (" + orderBy
                + " rows unbounded preceding) as bytes from (" + events + orderBy + " limit " + limit
                + ") e) page where bytes - octet_length(change) < " + MAX_BYTES + orderBy;
    }

    /**
     * Reads the changes after a cursor, in the order in which they were made. A change that an open transaction has
     * made is not passed: those behind it come when the transaction has ended.
     *
     * @param memory acquires the memory of a page; used only when there are changes to read
     * @throws ApiException (4001) when changes after the cursor may have been deleted, or the database does not know it
     */
    Uni<List<ChangeEvent>> after(Vendor vendor, ChangeCursor cursor, int limit, Supplier<Uni<Void>> memory) {
        return horizon.settledAfter(vendor, cursor)
                .chain(end -> end.equals(cursor)
                        ? Uni.createFrom().item(List.<ChangeEvent>of())
                        : memory.get().chain(acquired -> upTo(end, vendor, cursor, limit)));
    }

    private Uni<List<ChangeEvent>> upTo(ChangeCursor end, Vendor vendor, ChangeCursor cursor, int limit) {
        boolean fromStart = cursor.equals(ChangeCursor.START);
        int rowLimit = fromStart ? limit : limit + 1;
        Object[] parameters = {cursor.era(), cursor.position(), cursor.index(), end.era(), end.position(), rowLimit};
        return sql(vendor, FROM_CURSOR, parameters).map(rows -> {
            List<ChangeEvent> events = events(vendor, rows);
            if (fromStart) {
                return events;
            }
            if (events.isEmpty() || !events.get(0).id().equals(cursor.toString())) {
                throw new ApiException(Problem.CURSOR_EXPIRED, cursor);
            }
            return events.subList(1, events.size());
        });
    }

    /** Reads the newest changes before a cursor, the newest first. */
    Uni<Page> before(Vendor vendor, Filter filter, ChangeCursor cursor, int limit) {
        return filtered(vendor, HISTORY, filter, cursor, limit);
    }

    /** Reads the changes after a cursor, the oldest first, also those that {@link #after} still holds back. */
    Uni<Page> audit(Vendor vendor, Filter filter, ChangeCursor cursor, int limit) {
        return filtered(vendor, AUDIT, filter, cursor, limit);
    }

    private Uni<Page> filtered(Vendor vendor, String statement, Filter filter, ChangeCursor cursor, int limit) {
        Object[] parameters = {
            cursor.era(),
            cursor.position(),
            cursor.index(),
            filter.since(),
            filter.bitkey(),
            filter.customer(),
            filter.group(),
            limit
        };
        return sql(vendor, statement, parameters).map(rows -> {
            long bytes = rows.isEmpty() ? 0 : (Long) rows.get(rows.size() - 1)[BYTES];
            return new Page(events(vendor, rows), rows.size() == limit || bytes >= MAX_BYTES);
        });
    }

    private static List<ChangeEvent> events(Vendor vendor, List<Object[]> rows) {
        return rows.stream()
                .map(row -> ChangeEvent.of(vendor, row, Json.decodeValue((String) row[8], JsonNode.class)))
                .toList();
    }
}
