package backoffice.search;

import java.util.List;
import java.util.Map;

/**
 * Clauses of HQL for a search. Their text contains nothing that a client sent.
 *
 * @param where never empty
 * @param orderBy a total order
 * @param bound what bounds the rows that the search reads
 * @param comparisons the number of values that each of these rows is compared with, at least 1
 * @param isVersioned whether the rows that the search finds are the same as long as the list has the same version
 * @param parts the parts of the result in the order of {@code orderBy}; empty when one query returns the whole result
 * @param parameters the values of the named parameters: text, time, or an array of one of these
 */
public record Hql(
        String where,
        String orderBy,
        Bound bound,
        int comparisons,
        boolean isVersioned,
        List<Part> parts,
        Map<String, Object> parameters) {

    /**
     * The rows with a value in the first field of the order, or the rows without one. An index returns them in order when
     * no index returns the whole result in order. See docs/adr/0013.
     *
     * @param orderByWithoutFirst the order without its first field; null for the rows without a value
     */
    public record Part(String orderBy, String orderByWithoutFirst) {}
}
