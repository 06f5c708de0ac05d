package backoffice.pagination;

import backoffice.search.RowBound;
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

    /** PostgreSQL compares so many rows with a value in some milliseconds. */
    private static final long FEW = 25_000;

    /** The most values of a search, and the most items of a page. */
    private static final long MOST_VALUES = 1000;

    private static final long NANOS_BETWEEN_READS = Duration.ofSeconds(1).toNanos();

    /** No vendor creates many rows within this time. */
    private static final long NANOS_VALID = Duration.ofSeconds(2).toNanos();

    /** The row counts of a vendor, and the times until when they are valid and before which they are not read again. */
    private record Known(long groups, long all, long validUntil, long nextRead) {}

    private final Map<Vendor, Known> vendors = new ConcurrentHashMap<>();
    private final Function<Vendor, Uni<List<Object[]>>> reading;

    /** @param reading reads a row with the number of groups, and of groups and customers */
    ListLengths(Function<Vendor, Uni<List<Object[]>>> reading) {
        this.reading = reading;
    }

    /**
     * Whether a search of the vendor reads few rows.
     *
     * @param comparisons the number of values that each row is compared with. The row counts as often
     */
    boolean areFew(Vendor vendor, RowBound bound, int comparisons) {
        if (bound == RowBound.VALUES) {
            return MOST_VALUES * comparisons <= FEW;
        }
        long now = System.nanoTime();
        Known known = vendors.computeIfAbsent(vendor, v -> new Known(0, 0, now, now));
        if (known.nextRead - now <= 0) {
            vendors.put(vendor, new Known(known.groups, known.all, known.validUntil, now + NANOS_BETWEEN_READS));
            reading.apply(vendor)
                    .subscribe()
                    .with(
                            rows -> vendors.put(vendor, known(rows.get(0), now)),
                            e -> LOG.debugf("The row counts are not known, so searches count as expensive: %s", e));
        }
        long rows = bound == RowBound.GROUPS ? known.groups : known.all;
        return known.validUntil - now > 0 && rows * comparisons <= FEW;
    }

    private static Known known(Object[] row, long now) {
        return new Known((Long) row[0], (Long) row[1], now + NANOS_VALID, now + NANOS_BETWEEN_READS);
    }
}
