package backoffice.search;

import java.util.List;
import java.util.Map;

/**
 * Clauses of HQL for a search. Their text contains nothing that a client sent.
 *
 * @param whereOfRows the conditions on fields of the rows, each after an {@code and}; empty for none
 * @param whereOfJoined the conditions on fields of joined rows, each after an {@code and}; empty for none
 * @param orderBy a total order
 * @param orderOfRows the beginning of {@code orderBy}, up to the first field of a joined row; empty when that is the first
 *     one
 * @param bound what bounds the rows that the search reads
 * @param comparisons the number of values that each of these rows is compared with, at least 1
 * @param isSparse whether PostgreSQL is likely to expect more rows than the search finds
 * @param names the names among which the search finds all items; null when it has another condition, or another order
 * @param parts the parts of the result when it is found by the joined rows; empty when it is found by the rows of the list
 * @param parameters the values of the named parameters: text, time, or an array of one of these
 */
public record Hql(
        String whereOfRows,
        String whereOfJoined,
        String orderBy,
        String orderOfRows,
        RowBound bound,
        int comparisons,
        boolean isSparse,
        NameRange names,
        List<Part> parts,
        Map<String, Object> parameters) {

    /** All conditions, each after an {@code and}; empty for none. */
    public String where() {
        return readsJoined() ? whereOfRows + whereOfJoined : whereOfRows;
    }

    /** Whether a condition reads a joined row. */
    public boolean readsJoined() {
        return !whereOfJoined.isEmpty();
    }

    /**
     * A range of names. Whether it contains its ends is in the condition of the search.
     *
     * @param from the parameter with the least name; null for none
     * @param to the parameter with the greatest name, or the least name after all; null for none
     */
    public record NameRange(String from, String to) {}

    /**
     * The rows that refer to a joined row, or those that refer to none. An index returns the rows of each joined row in
     * order. See docs/adr/0013.
     *
     * @param orderWithinJoined the order of the rows of one joined row; null for the rows that refer to none
     */
    public record Part(String orderBy, String orderWithinJoined) {}
}
