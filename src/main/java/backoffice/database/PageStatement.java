package backoffice.database;

import java.util.Map;

/**
 * A page and its total in one statement, and so of one snapshot.
 *
 * @param items selects the items in order, with the total as the last column; in parts, each up to the parameter
 *     {@value #END}, where it names that
 * @param total selects the total alone, and nothing where there is no such list
 * @param onward selects the items from the one on whose first columns are {@code :from0} and so on, with the version of
 *     the list and the total as the last columns; null where they are not selected so
 * @param keys how many columns these are
 * @param parameters what the other named parameters stand for
 */
public record PageStatement(String items, String total, String onward, int keys, Map<String, Object> parameters) {

    static final String END = "end";

    boolean inParts() {
        return items.contains(":" + END);
    }
}
