package backoffice.pagination;

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

    /** PostgreSQL compares so many values in some milliseconds. */
    private static final long FEW = 25_000;

    private static final long NANOS_BETWEEN_READS = Duration.ofSeconds(1).toNanos();

    /** No vendor creates many rows within this time. */
    private static final long NANOS_VALID = Duration.ofSeconds(2).toNanos();

    /** The rows of a vendor, and the times until when the number is valid and before which it is not read again. */
    private record Known(long rows, long validUntil, long nextRead) {}

    private final Map<Vendor, Known> vendors = new ConcurrentHashMap<>();
    private final Function<Vendor, Uni<List<Object[]>>> reading;

    /** @param reading reads a row with the number of groups and customers */
    ListLengths(Function<Vendor, Uni<List<Object[]>>> reading) {
        this.reading = reading;
    }

    /** Whether a search that compares each row of the vendor with so many values compares few in all. */
    boolean areFew(Vendor vendor, int values) {
        long now = System.nanoTime();
        Known known = vendors.computeIfAbsent(vendor, v -> new Known(0, now, now));
        if (known.nextRead - now <= 0) {
            vendors.put(vendor, new Known(known.rows, known.validUntil, now + NANOS_BETWEEN_READS));
            reading.apply(vendor)
                    .subscribe()
                    .with(
                            rows -> vendors.put(
                                    vendor,
                                    new Known((Long) rows.get(0)[0], now + NANOS_VALID, now + NANOS_BETWEEN_READS)),
                            e -> LOG.debugf("The row counts are not known, so searches count as expensive: %s", e));
        }
        return known.validUntil - now > 0 && known.rows * values <= FEW;
    }
}
