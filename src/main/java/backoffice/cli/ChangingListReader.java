package backoffice.cli;

import backoffice.envelope.Envelope.Page;
import backoffice.envelope.PageRange;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a list page by page while others change it. With offsets alone, a reader would skip an item for each earlier
 * item that leaves the list. So each page starts with the last item of the page before. If it does not have that item,
 * the reader steps back until it finds an item that it knows. Each item that is in the list from the first page to the
 * last, at the same place in its order, is passed on. Some items are passed on twice. See docs/adr/0024.
 *
 * @param <T> the type of the items
 * @param list reads a page; where its total is null, the list ends at a page without a new item
 * @param identity returns what identifies an item
 * @param limit the number of items of a page, at least 2
 */
record ChangingListReader<T>(Function<PageRange, Page<T>> list, Function<T, ?> identity, int limit) {

    /**
     * Reads all pages.
     *
     * @param sink takes the items of a page that are not in the page before, and the total of the list or null
     * @return by how many items the last total exceeds the number of items that were passed on; at least 0
     * @throws CommandException when the list returns a single item where a page needs two
     */
    long forEachPage(BiConsumer<List<T>, Long> sink) {
        Set<?> previousPage = Set.of();
        int offset = 0;
        int stepBack = limit - 1;
        long passedOn = 0;
        while (true) {
            Page<T> page = list.apply(new PageRange(offset, limit));
            List<T> items = page.items();
            int known = items.size();
            while (known > 0 && !previousPage.contains(identity.apply(items.get(known - 1)))) {
                known--;
            }
            if (known == 0 && offset > 0) {
                offset = Math.max(0, offset - stepBack);
                stepBack = 2 * stepBack;
                continue;
            }
            List<T> newItems = items.subList(known, items.size());
            if (!newItems.isEmpty()) {
                sink.accept(newItems, page.total());
                passedOn += newItems.size();
            }
            int end = offset + items.size();
            if (page.total() == null && (newItems.isEmpty() || items.size() == 1)) {
                return 0;
            }
            if (page.total() != null && (items.isEmpty() || end >= page.total())) {
                return Math.max(0, page.total() - passedOn);
            }
            if (end - 1 == offset) {
                throw new CommandException(
                        "The source returns pages of a single item. A page needs at least two items.");
            }
            previousPage = items.stream().map(identity).collect(Collectors.toSet());
            offset = end - 1;
            stepBack = limit - 1;
        }
    }
}
