package backoffice.pagination;

import backoffice.value.Vendor;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The known keyset cursors: the keys of some items of long lists, with their indexes. A page with a large offset starts at
 * the nearest cursor instead of the start of the list. The cursor of a search is at the end of its result, so its index is
 * the total. A cursor is valid for one version of its list, which the caller reads in the same statement as the page. See
 * docs/adr/0007.
 *
 * <p>They take a bounded number of bytes. Beyond that, the vendor that holds the most loses the first cursor of the list
 * that it has not used for the longest time. The first cursor of a list saves the fewest skipped items.
 */
final class KeysetCursors {

    /** The least distance between two cursors of a list. PostgreSQL skips so few items quickly. */
    static final int DISTANCE = 1000;

    private static final long LIFETIME_NANOS = Duration.ofMinutes(10).toNanos();

    /** At least the size of the objects around a list, a cursor or a text. */
    private static final int BYTES_OF_OBJECTS = 160;

    /**
     * The position of an item in a list.
     *
     * @param key the values by which the list is sorted, with {@code ""} for a missing one; empty at the end of a result
     * @param version the version of the list; empty for the start of the list, which every version has
     */
    record Cursor(long index, List<String> key, String version) {

        static Cursor start(PageQuery list) {
            return new Cursor(0, Collections.nCopies(list.keyColumns(), ""), "");
        }

        private long bytes() {
            return KeysetCursors.bytes(version, key);
        }
    }

    private record KnownList(String version, long since, NavigableMap<Long, Cursor> cursors) {

        boolean isExpired() {
            return System.nanoTime() - since > LIFETIME_NANOS;
        }
    }

    private final Map<Vendor, Share> shares = new HashMap<>();
    private final long maxBytes;
    private long held;

    KeysetCursors(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The nearest known cursor at or before an index; the start of the list when there is none. */
    synchronized Cursor nearest(Vendor vendor, PageQuery list, long index) {
        Share share = shares.get(vendor);
        KnownList known = share == null ? null : share.lists.get(list);
        Map.Entry<Long, Cursor> found =
                known == null || known.isExpired() ? null : known.cursors().floorEntry(index);
        return found == null ? Cursor.start(list) : found.getValue();
    }

    /** Adds a cursor, unless another one is near. Drops the cursors of other versions of the list. */
    synchronized void add(Vendor vendor, PageQuery list, Cursor cursor) {
        shares.computeIfAbsent(vendor, v -> new Share()).add(list, cursor);
        while (held > maxBytes) {
            Collections.max(shares.values(), Comparator.comparingLong(share -> share.bytes))
                    .shrink();
        }
    }

    /** Java has up to two bytes for a character. */
    private static long bytes(String text, Collection<?> texts) {
        long characters = 2L * text.length()
                + texts.stream()
                        .mapToLong(each -> 2L * each.toString().length())
                        .sum();
        return characters + BYTES_OF_OBJECTS * (2L + texts.size());
    }

    /** What is known of the lists of one vendor. */
    private final class Share {

        /** The list that was not used for the longest time is the first one. */
        private final Map<PageQuery, KnownList> lists = new LinkedHashMap<>(16, 0.75f, true);

        private long bytes;

        void add(PageQuery list, Cursor cursor) {
            KnownList known = lists.get(list);
            if (known == null || known.isExpired() || !known.version().equals(cursor.version())) {
                remove(list);
                known = new KnownList(cursor.version(), System.nanoTime(), new TreeMap<>());
                lists.put(list, known);
                hold(bytesOf(list));
            }
            long index = cursor.index();
            if (known.cursors()
                    .subMap(index - DISTANCE, false, index + DISTANCE, false)
                    .isEmpty()) {
                known.cursors().put(index, cursor);
                hold(cursor.bytes());
            }
        }

        void shrink() {
            Map.Entry<PageQuery, KnownList> eldest = lists.entrySet().iterator().next();
            hold(-eldest.getValue().cursors().pollFirstEntry().getValue().bytes());
            if (eldest.getValue().cursors().isEmpty()) {
                remove(eldest.getKey());
            }
        }

        private void remove(PageQuery list) {
            KnownList removed = lists.remove(list);
            if (removed != null) {
                hold(-bytesOf(list));
                removed.cursors().values().forEach(cursor -> hold(-cursor.bytes()));
            }
        }

        private long bytesOf(PageQuery list) {
            return KeysetCursors.bytes(list.items(), list.parameters().values());
        }

        private void hold(long delta) {
            bytes += delta;
            held += delta;
        }
    }
}
