package backoffice.cli;

import backoffice.envelope.Envelope.Page;
import backoffice.pagination.PageRange;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a list page by page while others change it. Each page but the first begins at the last name of the page before.
 * While a page has one name alone, and in a list that cannot begin at a name, the next page starts with the last item of
 * the page before. If it does not have that item, the reader steps back until it finds an item that it knows.
 *
 * <p>Each item that is in the list from the first page to the last, at the same place in its order, is passed on. Where
 * pages begin at names, no item is passed on twice. See docs/adr/0024.
 *
 * @param list reads a page of the items from a name on, in the order of names by code point, and their total. The name is
 *     empty for the whole list. A list that has another order, or that ignores the name, is read by offset
 * @param byName false for a list that cannot begin at a name
 * @param limit the number of items of a page, at least 2
 */
record ChangingListReader(BiFunction<String, PageRange, Page<JsonNode>> list, boolean byName, int limit) {

    /** String.compareTo would put code points above U+FFFF before some others. */
    private static final Comparator<String> BY_CODE_POINT =
            Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare);

    /**
     * Reads all pages.
     *
     * @param sink takes the items of a page that it has not got, and the total of the whole list at that time
     * @return by how many items the last total exceeds the number of items that were passed on; at least 0
     * @throws CommandException when the list returns a single item where a page needs two
     */
    long forEachPage(Consumer<Page<JsonNode>> sink) {
        boolean isByName = byName;
        Set<List<String>> known = new HashSet<>();
        String from = "";
        int before = 0;
        int offset = 0;
        int stepBack = limit - 1;
        int passedOn = 0;
        while (true) {
            Page<JsonNode> page = list.apply(from, new PageRange(offset, limit));
            List<JsonNode> items = page.items();
            if (isByName && !isSorted(from, items)) {
                // The page is asked for again, by offset.
                isByName = false;
                from = "";
                offset += before;
                before = 0;
                continue;
            }
            int old = items.size();
            while (old > 0 && !known.contains(ItemKind.key(items.get(old - 1)))) {
                old--;
            }
            if (old == 0 && offset > 0) {
                offset = Math.max(0, offset - stepBack);
                stepBack = 2 * stepBack;
                continue;
            }
            long total = before + page.total();
            sink.accept(new Page<>(total, items.subList(old, items.size())));
            passedOn += items.size() - old;
            int end = offset + items.size();
            if (items.isEmpty() || end >= page.total()) {
                return Math.max(0, total - passedOn);
            }
            String last = isByName ? name(items.get(items.size() - 1)) : from;
            boolean isSameList = from.equals(last);
            if (isSameList && items.size() == 1) {
                throw new CommandException(
                        "The source returns pages of a single item. A page needs at least two items.");
            }
            // The next page can repeat items with the last name alone.
            if (!isByName || !isSameList) {
                known.clear();
            }
            for (JsonNode item : items) {
                if (!isByName || name(item).equals(last)) {
                    known.add(ItemKind.key(item));
                }
            }
            if (isSameList) {
                offset = end - 1;
            } else {
                from = last;
                before = passedOn - known.size();
                offset = 0;
            }
            stepBack = limit - 1;
        }
    }

    private static String name(JsonNode item) {
        return item.path("name").asText();
    }

    /** Whether no name is before the one in front of it. */
    private static boolean isSorted(String from, List<JsonNode> items) {
        List<String> names = Stream.concat(Stream.of(from), items.stream().map(ChangingListReader::name))
                .toList();
        return names.equals(names.stream().sorted(BY_CODE_POINT).toList());
    }
}
