package backoffice.persistence;

import backoffice.search.PageQuery;
import backoffice.value.Vendor;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A cache of keyset cursors: the keys of some items of long lists, with their indexes. A page with a large offset starts
 * at the nearest cursor instead of the start of the list. A cursor is valid for one version of its list, which the caller
 * reads in the same statement as the page. See docs/adr/0007.
 */
final class KeysetCursors {

    private static final int MAX_LISTS = 100;
    private static final int MAX_CURSORS_OF_LIST = 1000;
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** PostgreSQL skips so few items quickly. */
    private static final int MIN_DISTANCE = 1000;

    /**
     * The position of an item in a list.
     *
     * @param key the values by which the list is sorted, with {@code ""} for a missing one
     * @param version the version of the list; null for the start of the list, which every version has
     */
    record Cursor(int index, List<String> key, String version) {

        static Cursor start(PageQuery list) {
            return new Cursor(0, Collections.nCopies(list.keyColumns(), ""), null);
        }
    }

    private record CursorsOfList(String version, ConcurrentSkipListMap<Integer, Cursor> byIndex) {}

    /** By vendor and parameters: each repository has one list. */
    private final Cache<Map.Entry<Vendor, Map<String, Object>>, CursorsOfList> lists = Caffeine.newBuilder()
            .maximumSize(MAX_LISTS)
            .expireAfter(Expiry.creating((Object list, CursorsOfList cursors) -> LIFETIME))
            .build();

    /** The nearest known cursor at or before an index; the start of the list when there is none. */
    Cursor nearest(Vendor vendor, PageQuery list, int index) {
        CursorsOfList cursors = lists.getIfPresent(Map.entry(vendor, list.parameters()));
        Map.Entry<Integer, Cursor> found =
                cursors == null ? null : cursors.byIndex().floorEntry(index);
        return found == null ? Cursor.start(list) : found.getValue();
    }

    /** Adds a cursor, unless another one is near before it. Drops the cursors of other versions of the list. */
    void add(Vendor vendor, PageQuery list, Cursor cursor) {
        ConcurrentSkipListMap<Integer, Cursor> byIndex = lists.asMap()
                .compute(
                        Map.entry(vendor, list.parameters()),
                        (key, known) -> known != null && known.version().equals(cursor.version())
                                ? known
                                : new CursorsOfList(cursor.version(), new ConcurrentSkipListMap<>()))
                .byIndex();
        Map.Entry<Integer, Cursor> nearest = byIndex.floorEntry(cursor.index());
        if (nearest == null || nearest.getKey() + MIN_DISTANCE <= cursor.index()) {
            byIndex.put(cursor.index(), cursor);
        }
        if (byIndex.size() > MAX_CURSORS_OF_LIST) {
            // The first cursor saves the fewest skipped items.
            byIndex.pollFirstEntry();
        }
    }
}
