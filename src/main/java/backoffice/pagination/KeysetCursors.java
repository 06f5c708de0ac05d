package backoffice.pagination;

import backoffice.value.Vendor;
import java.time.Duration;
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
    }

    private record KnownList(String version, long since, NavigableMap<Long, Cursor> cursors) {

        boolean isExpired() {
            return System.nanoTime() - since > LIFETIME_NANOS;
        }
    }

    private final Map<Vendor, Share> shares = new HashMap<>();
    private final long maxBytes;

    KeysetCursors(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The nearest known cursor at or before an index; the start of the list when there is none. */
    synchronized Cursor nearest(Vendor vendor, PageQuery list, long index) {
        KnownList known = shares.computeIfAbsent(vendor, v -> new Share()).lists.get(list);
        Map.Entry<Long, Cursor> found =
                known == null || known.isExpired() ? null : known.cursors().floorEntry(index);
        return found == null ? Cursor.start(list) : found.getValue();
    }

    /** Adds a cursor, unless another one is near. Drops the cursors of other versions of the list. */
    synchronized void add(Vendor vendor, PageQuery list, Cursor cursor) {
        boolean isNew = shares.computeIfAbsent(vendor, v -> new Share()).add(list, cursor);
        while (isNew && shares.values().stream().mapToLong(share -> share.bytes).sum() > maxBytes) {
            Collections.max(shares.values(), Comparator.comparingLong(share -> share.bytes))
                    .shrink();
        }
    }

    /** What is known of the lists of one vendor. */
    private static final class Share {

        /** The list that was not used for the longest time is the first one. */
        private final Map<PageQuery, KnownList> lists = new LinkedHashMap<>(16, 0.75f, true);

        private long bytes;

        boolean add(PageQuery list, Cursor cursor) {
            KnownList known = lists.get(list);
            if (known == null || known.isExpired() || !known.version().equals(cursor.version())) {
                if (known != null) {
                    known.cursors().values().forEach(dropped -> bytes -= bytes(list, dropped));
                }
                known = new KnownList(cursor.version(), System.nanoTime(), new TreeMap<>());
                lists.put(list, known);
            }
            long index = cursor.index();
            Map<Long, Cursor> near = known.cursors().subMap(index - DISTANCE, false, index + DISTANCE, false);
            if (!near.isEmpty()) {
                return false;
            }
            known.cursors().put(index, cursor);
            bytes += bytes(list, cursor);
            return true;
        }

        void shrink() {
            Map.Entry<PageQuery, KnownList> eldest = lists.entrySet().iterator().next();
            NavigableMap<Long, Cursor> cursors = eldest.getValue().cursors();
            bytes -= bytes(eldest.getKey(), cursors.pollFirstEntry().getValue());
            if (cursors.isEmpty()) {
                lists.remove(eldest.getKey());
            }
        }

        /** Clients choose the HQL of a search, and that of a whole list is a constant. A character has up to two bytes. */
        private static long bytes(PageQuery list, Cursor cursor) {
            String chosen = list.parameters() + (list.itemsFromCursor() == null ? list.items() : "");
            int objects = 2 + list.parameters().size() + cursor.key().size();
            return 2L * (chosen.length() + cursor.toString().length()) + BYTES_OF_OBJECTS * objects;
        }
    }
}
