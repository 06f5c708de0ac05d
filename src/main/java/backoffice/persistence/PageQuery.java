package backoffice.persistence;

import java.util.Map;

/**
 * The HQL of a page. One statement reads the items and the total, so both are of one snapshot. See docs/adr/0004.
 *
 * <p>The statement returns one row: an array for each column of the items, in their order and null when the page is
 * empty, and then the total, null when there is no such list. Its named parameters {@code :vendor}, {@code :offset} and
 * {@code :limit} select the page.
 *
 * @param items counts the offset from the start of the list
 * @param readsInParts whether {@link #items} also has {@code :end}, up to which it reads each part of the rows
 * @param parameters the values of the other named parameters
 */
public record PageQuery(PagedList list, String items, boolean readsInParts, Map<String, Object> parameters) {

    static final String OFFSET = "offset";
    static final String LIMIT = "limit";

    /** The name of the parameter up to which each part is read. */
    public static final String END = "end";

    /**
     * The statement that counts the offset from a cursor, whose key is in {@code :from0}, {@code :from1} and so on. It
     * also returns the version of the list, before the total. Null for a search, which has no cursors.
     */
    String itemsFromCursor() {
        return items.equals(list.pageFromStart) ? list.pageFromCursor : null;
    }
}
