package backoffice.cli;

import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Walks a list from page to page while others change it. Offsets alone would pass over items when earlier ones go: so
 * each page begins with the last item of the page before, and where it does not, the walk steps back to items that it
 * knows. Each item that is in the list, at the same place in its order, from the first page to the last is handed over;
 * some may be twice.
 *
 * @param <T> what the items are
 */
final class ChangingListReader<T> {

    private final Function<PageRange, Page<T>> list;
    private final Function<T, ?> identity;
    private final int limit;

    /**
     * @param list reads a page; where its total is null, the list ends with a page that has nothing new
     * @param identity what tells an item from the others
     * @param limit how many items a page is asked to have, 2 at the least
     */
    ChangingListReader(Function<PageRange, Page<T>> list, Function<T, ?> identity, int limit) {
        this.list = list;
        this.identity = identity;
        this.limit = limit;
    }

    /**
     * @param sink takes the items of a page that were not in the one before, and how many there are in all, null where
     *     the list does not say
     * @return how many more the list says to have at the end than were handed over, 0 at the least
     */
    long forEachPage(BiConsumer<List<T>, Long> sink) {
        Set<?> before = Set.of();
        int offset = 0;
        int step = limit - 1;
        long handedOver = 0;
        while (true) {
            Page<T> page = list.apply(new PageRange(offset, limit));
            int known = lastOf(before, page.items());
            if (known < 0 && offset > 0) {
                offset = Math.max(0, offset - step);
                step = 2 * step;
                continue;
            }
            List<T> fresh = page.items().subList(known + 1, page.items().size());
            if (!fresh.isEmpty()) {
                sink.accept(fresh, page.total());
                handedOver += fresh.size();
            }
            int end = offset + page.items().size();
            if (page.total() == null && (fresh.isEmpty() || page.items().size() == 1)) {
                return 0;
            }
            if (page.total() != null && (page.items().isEmpty() || end >= page.total())) {
                return Math.max(0, page.total() - handedOver);
            }
            if (end - 1 == offset) {
                throw new SourceException("The source gives pages of a single item.");
            }
            before = page.items().stream().map(identity).collect(Collectors.toSet());
            offset = end - 1;
            step = limit - 1;
        }
    }

    private int lastOf(Set<?> before, List<T> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (before.contains(identity.apply(items.get(i)))) {
                return i;
            }
        }
        return -1;
    }
}
