package backoffice.cli;

import backoffice.envelope.Envelope.Page;
import backoffice.pagination.PageRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a list page by page while others change it. Each page but the first begins at the last name of the page before.
 * While a page has one name alone, and in a list that cannot begin at a name, the next page starts with the last item of
 * the page before. If it does not have that item, the reader steps back until it finds an item that it knows.
 *
 * <p>Each item that is in the list from the first page to the last, at the same place in its order, is passed on. Where
 * pages begin at names, no item is passed on twice. See docs/adr/0024.
 *
 * @param <T> the type of the items
 * @param list reads a page of the items from a name on, in the order of names by code point, and their total. The name is
 *     null for the whole list. The total may be null. A list that has another order, or that ignores the name, is read by
 *     offset
 * @param identity returns what identifies an item
 * @param name returns the name of an item; always null for a list that cannot begin at a name
 * @param limit the number of items of a page, at least 2
 */
record ChangingListReader<T>(
        BiFunction<String, PageRange, Page<T>> list, Function<T, ?> identity, Function<T, String> name, int limit) {

    /** String.compareTo would put code points above U+FFFF before some others. */
    private static final Comparator<String> BY_CODE_POINT =
            Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare);

    /**
     * Reads all pages.
     *
     * @param sink takes the items of a page that it has not got, and the total of the whole list or null
     * @return by how many items the last total exceeds the number of items that were passed on; at least 0
     * @throws CommandException when the list returns a single item where a page needs two
     */
    long forEachPage(BiConsumer<List<T>, Long> sink) {
        Function<T, String> nameOf = name;
        Set<Object> known = new HashSet<>();
        String from = null;
        int before = 0;
        int offset = 0;
        int stepBack = limit - 1;
        int passedOn = 0;
        while (true) {
            Page<T> page = list.apply(from, new PageRange(offset, limit));
            List<T> items = page.items();
            if (!isSorted(from, items, nameOf)) {
                nameOf = item -> null;
                // A first page in another order is one of the whole list. Any other page is asked for again, by offset.
                if (from != null) {
                    from = null;
                    offset += before;
                    before = 0;
                    continue;
                }
            }
            int old = items.size();
            while (old > 0 && !known.contains(identity.apply(items.get(old - 1)))) {
                old--;
            }
            if (old == 0 && offset > 0) {
                offset = Math.max(0, offset - stepBack);
                stepBack = 2 * stepBack;
                continue;
            }
            Long total = page.total() == null ? null : before + page.total();
            boolean hasNew = old < items.size();
            if (hasNew) {
                sink.accept(items.subList(old, items.size()), total);
                passedOn += items.size() - old;
            }
            int end = offset + items.size();
            if (items.isEmpty() || total != null && before + end >= total) {
                return total == null ? 0 : Math.max(0, total - passedOn);
            }
            String last = nameOf.apply(items.get(items.size() - 1));
            boolean isSameList = Objects.equals(from, last);
            // The next page can repeat items with the last name alone.
            if (last == null || !isSameList) {
                known.clear();
            }
            for (T item : items) {
                if (Objects.equals(nameOf.apply(item), last)) {
                    known.add(identity.apply(item));
                }
            }
            if (!isSameList) {
                from = last;
                before = passedOn - known.size();
                offset = 0;
            } else if (end - 1 > offset && (total != null || hasNew || offset == 0)) {
                offset = end - 1;
            } else if (total == null) {
                return 0;
            } else {
                throw new CommandException(
                        "The source returns pages of a single item. A page needs at least two items.");
            }
            stepBack = limit - 1;
        }
    }

    /** Whether no name is before the one in front of it. */
    private static <T> boolean isSorted(String from, List<T> items, Function<T, String> nameOf) {
        List<String> names = Stream.concat(
                        Stream.ofNullable(from), items.stream().map(nameOf).filter(Objects::nonNull))
                .toList();
        return names.equals(names.stream().sorted(BY_CODE_POINT).toList());
    }
}
