package backoffice.persistence;

import java.util.Map;

/**
 * The HQL of a page. One statement reads the items and the total, so both are of one snapshot. See docs/adr/0004.
 *
 * <p>The statement returns one row: an array for each column of the items, in their order and null when the page is
 * empty, and then the total, null when there is no such list. Its named parameters {@code :offset} and {@code :limit}
 * select the page. A statement that reads its rows in parts also has {@code :end}, up to which it reads each part.
 *
 * @param items counts the offset from the start of the list
 * @param itemsFromCursor counts the offset from a cursor, whose key is in {@code :from0}, {@code :from1} and so on. It
 *     also returns the version of the list, before the total. Null for a search, which has no cursors
 * @param columnCount the number of columns of an item
 * @param keyCount how many of the first columns the list is sorted by
 * @param parameters the values of the other named parameters
 */
public record PageQuery(
        String items, String itemsFromCursor, int columnCount, int keyCount, Map<String, Object> parameters) {

    static final String OFFSET = "offset";
    static final String LIMIT = "limit";
    static final String END = "end";

    /** Whether {@link #items} reads its rows in parts. */
    boolean readsInParts() {
        return items.contains(":" + END);
    }
}
