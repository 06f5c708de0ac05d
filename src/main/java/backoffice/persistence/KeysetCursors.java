package backoffice.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Items of long lists and where they stood, so that a page far behind need not count its way there. What is remembered is
 * good for one version of a list; whoever uses it asks the database for the version in the same statement.
 */
@ApplicationScoped
class KeysetCursors {

    private static final int MOST_LISTS = 100;
    private static final int MOST_PER_LIST = 1000;
    private static final long NANOS_REMEMBERED = Duration.ofMinutes(10).toNanos();

    /** So far from each other that a list of millions has few, and so near that PostgreSQL passes them in no time. */
    private static final int APART = 1000;

    /**
     * An item of a list.
     *
     * @param index where it stands
     * @param key what the list is ordered by
     * @param version of the list; null for its start, which is where it is in every version
     */
    record Anchor(int index, List<String> key, String version) {

        static Anchor start(PageQuery list) {
            return new Anchor(0, Collections.nCopies(list.keys(), ""), null);
        }
    }

    /** @param start when the first one was remembered, by {@link System#nanoTime} */
    private record Remembered(String version, long start, ConcurrentSkipListMap<Integer, Anchor> anchors) {

        boolean isOld() {
            return System.nanoTime() - start > NANOS_REMEMBERED;
        }
    }

    private final Cache<PageQuery, Remembered> lists =
            Caffeine.newBuilder().maximumSize(MOST_LISTS).build();

    /** The last one known up to an index. */
    Anchor before(PageQuery list, int index) {
        Remembered remembered = lists.getIfPresent(list);
        Map.Entry<Integer, Anchor> found = remembered == null || remembered.isOld()
                ? null
                : remembered.anchors().floorEntry(index);
        return found == null ? Anchor.start(list) : found.getValue();
    }

    /** Forgets those of other versions. */
    void remember(PageQuery list, Anchor anchor) {
        ConcurrentSkipListMap<Integer, Anchor> anchors = lists.asMap()
                .compute(
                        list,
                        (l, known) -> known != null
                                        && !known.isOld()
                                        && known.version().equals(anchor.version())
                                ? known
                                : new Remembered(anchor.version(), System.nanoTime(), new ConcurrentSkipListMap<>()))
                .anchors();
        Map.Entry<Integer, Anchor> nearest = anchors.floorEntry(anchor.index());
        if (nearest == null || nearest.getKey() + APART <= anchor.index()) {
            anchors.put(anchor.index(), anchor);
        }
        if (anchors.size() > MOST_PER_LIST) {
            // The first ones save the least.
            anchors.pollFirstEntry();
        }
    }
}
