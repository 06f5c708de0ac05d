package backoffice.persistence;

import backoffice.search.Bound;
import backoffice.value.Vendor;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Knows the number of groups and customers of the vendors that search, so that a search of a few rows counts as cheap. It reads
 * them beside the search, and at most once a second for a vendor. See docs/adr/0034.
 */
final class ListLengths {

    private static final Logger LOG = Logger.getLogger(ListLengths.class);

    /** PostgreSQL compares so many rows in some milliseconds. */
    private static final long FEW = 25_000;

    private static final long NANOS_BETWEEN_READS = Duration.ofSeconds(1).toNanos();

    /** No vendor creates many rows within this time. */
    private static final long NANOS_VALID = Duration.ofSeconds(2).toNanos();

    /** The row counts of a vendor, and the times when they were read and asked for. */
    private record Known(long groups, long all, long read, long asked) {}

    private final Map<Vendor, Known> vendors = new ConcurrentHashMap<>();

    /**
     * Whether a search of the vendor reads few rows.
     *
     * @param rowCounts reads a row with the number of groups, and of groups and customers
     */
    boolean areFew(Vendor vendor, Bound bound, Function<Vendor, Uni<List<Object[]>>> rowCounts) {
        return bound == Bound.VALUES || knownRows(vendor, bound, rowCounts) <= FEW;
    }

    private long knownRows(Vendor vendor, Bound bound, Function<Vendor, Uni<List<Object[]>>> rowCounts) {
        long now = System.nanoTime();
        Known known = vendors.computeIfAbsent(
                vendor, v -> new Known(0, 0, now - 2 * NANOS_VALID, now - 2 * NANOS_BETWEEN_READS));
        if (now - known.asked > NANOS_BETWEEN_READS) {
            vendors.put(vendor, new Known(known.groups, known.all, known.read, now));
            rowCounts
                    .apply(vendor)
                    .map(rows -> rows.get(0))
                    .subscribe()
                    .with(
                            row -> vendors.put(vendor, new Known((Long) row[0], (Long) row[1], now, now)),
                            failure -> LOG.debugf(
                                    "The row counts are not known, so searches count as expensive: %s", failure));
        }
        if (now - known.read > NANOS_VALID) {
            return Long.MAX_VALUE;
        }
        return bound == Bound.GROUPS ? known.groups : known.all;
    }
}
