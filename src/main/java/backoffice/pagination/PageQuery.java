package backoffice.pagination;

import backoffice.search.Bound;
import java.util.Map;

/**
 * The HQL of a page (docs/adr/0004). It returns one row: an array for each column of the items, null when the page is
 * empty, and then the total, null when there is no such list. {@code :vendor}, {@code :offset} and {@code :limit} select
 * the page.
 *
 * @param items counts the offset from the start of the list
 * @param itemsFromCursor counts the offset from a cursor, whose key is in {@code :from0}, {@code :from1} and so on. Also
 *     returns the version of the list, before the total. Null for a search, which has no cursors
 * @param keyColumns how many of the first columns are the key of an item
 * @param bound what bounds the rows that are read
 * @param comparisons the number of values that each of these rows is compared with, at least 1
 * @param isVersioned whether {@link #items} also has {@code :version}, the version of the list for which the total is known,
 *     or the empty text. It returns the version of the list before the total, null for a page that is not full. The total
 *     is null when it is the one that is known
 * @param readsInParts whether {@link #items} also has {@code :end}, up to which it reads each part of the rows
 * @param parameters the values of the other named parameters
 */
public record PageQuery(
        String items,
        String itemsFromCursor,
        int keyColumns,
        Bound bound,
        int comparisons,
        boolean isVersioned,
        boolean readsInParts,
        Map<String, Object> parameters) {}
