package backoffice.persistence;

import java.util.Map;

/**
 * A page and its total in one statement, and so of one snapshot. It selects one row: an array for each column of the
 * items, in order and null when the page is empty, then the total, null where there is no such list. The page is from
 * {@code :offset} on, {@code :limit} items; a statement in parts, each up to {@code :end}, names that too.
 *
 * @param items selects a page
 * @param onward selects a page of the items from the one on whose first columns are {@code :from0} and so on, with the
 *     version of the list before the total; null where they are not selected so
 * @param columns how many columns an item has
 * @param keys how many of them these are
 * @param parameters what the other named parameters stand for
 */
public record PageQuery(String items, String onward, int columns, int keys, Map<String, Object> parameters) {

    static final String OFFSET = "offset";
    static final String LIMIT = "limit";
    static final String END = "end";

    boolean inParts() {
        return items.contains(":" + END);
    }
}
