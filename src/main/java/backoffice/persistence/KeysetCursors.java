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
 * at the nearest cursor instead of the start of the list. The cursor of a search is at the end of its result, so its index
 * is the total. A cursor is valid for one version of its list, which the caller reads in the same statement as the page.
 * See docs/adr/0007.
 */
final class KeysetCursors {

    /** 100 lists, or some hundred searches. */
    private static final int MAX_WEIGHT = 100 * PageQuery.WEIGHT_OF_LIST;

    private static final int MAX_CURSORS_OF_LIST = 1000;
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** PostgreSQL skips so few items quickly. */
    private static final int MIN_DISTANCE = 1000;

    /**
     * The position of an item in a list.
     *
     * @param key the values by which the list is sorted, with {@code ""} for a missing one; empty at the end of a result
     * @param version the version of the list; null for the start of the list, which every version has
     */
    record Cursor(long index, List<String> key, String version) {

        static Cursor start(PageQuery list) {
            return new Cursor(0, Collections.nCopies(list.keyColumns(), ""), null);
        }
    }

    private record CursorsOfList(String version, ConcurrentSkipListMap<Long, Cursor> byIndex) {}

    /** Caffeine has a class for these options, which reachability-metadata.json names for the native executable. */
    private final Cache<Map.Entry<Vendor, PageQuery>, CursorsOfList> lists = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((Map.Entry<Vendor, PageQuery> list, CursorsOfList cursors) ->
                    list.getValue().weight())
            .expireAfter(Expiry.creating((Object list, CursorsOfList cursors) -> LIFETIME))
            .build();

    /** The nearest known cursor at or before an index; the start of the list when there is none. */
    Cursor nearest(Vendor vendor, PageQuery list, long index) {
        CursorsOfList cursors = lists.getIfPresent(Map.entry(vendor, list));
        Map.Entry<Long, Cursor> found =
                cursors == null ? null : cursors.byIndex().floorEntry(index);
        return found == null ? Cursor.start(list) : found.getValue();
    }

    /** Adds a cursor, unless another one is near before it. Drops the cursors of other versions of the list. */
    void add(Vendor vendor, PageQuery list, Cursor cursor) {
        ConcurrentSkipListMap<Long, Cursor> byIndex = lists.asMap()
                .compute(
                        Map.entry(vendor, list),
                        (key, known) -> known != null && known.version().equals(cursor.version())
                                ? known
                                : new CursorsOfList(cursor.version(), new ConcurrentSkipListMap<>()))
                .byIndex();
        Map.Entry<Long, Cursor> nearest = byIndex.floorEntry(cursor.index());
        if (nearest == null || nearest.getKey() + MIN_DISTANCE <= cursor.index()) {
            byIndex.put(cursor.index(), cursor);
        }
        if (byIndex.size() > MAX_CURSORS_OF_LIST) {
            // The first cursor saves the fewest skipped items.
            byIndex.pollFirstEntry();
        }
    }
}
