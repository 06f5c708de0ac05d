package backoffice.pagination;

import backoffice.search.RowBound;
import java.util.Map;

/**
 * The HQL of a page (docs/adr/0004). It returns one row: the total, the bytes of the items, and an array for each column of
 * them. The total is null when there is no such list, and an array when no item has a value. All arrays are null when they
 * have more than {@code :room} bytes. {@code :vendor}, {@code :offset} and {@code :limit} select the page.
 *
 * @param page counts the offset from the start of the list
 * @param columns the number of columns of an item
 * @param far reads a page far from the start; null for a search
 * @param hasEnd whether the HQL of a page also has {@code :end}, the sum of {@code :offset} and {@code :limit}
 * @param bound what bounds the rows that are read
 * @param comparisons the number of values that each of these rows is compared with, at least 1
 * @param parameters the values of the other named parameters
 */
public record PageStatement(
        String page,
        int columns,
        Far far,
        boolean hasEnd,
        RowBound bound,
        int comparisons,
        Map<String, Object> parameters) {

    /**
     * The HQL of a page far from the start of a list that is sorted by name. All of it belongs to one snapshot. See
     * docs/adr/0007.
     *
     * @param range returns the range of names with the item at {@code :offset}: its first name, the number of items before
     *     it, and a name at its end. The names are null for an empty list
     * @param name returns the name of the item that comes {@code :skipped} items after the name {@code :first}, and how
     *     many items with the same name are before it; no row when there is no such item up to the name {@code :last}
     * @param page as {@link PageStatement#page}, but counts the offset from the first item with the name {@code :from}
     */
    public record Far(String range, String name, String page) {}
}
