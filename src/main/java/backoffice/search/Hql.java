package backoffice.search;

import java.util.List;
import java.util.Map;

/**
 * Clauses of HQL for a search. The text of the clauses contains nothing that a client sent.
 *
 * @param where the condition for {@code where}, never empty
 * @param orderBy the items of {@code order by}; they are a total order
 * @param parts the parts of the result in the order of {@code orderBy}; empty when one query returns the whole result
 * @param parameters the values of the named parameters in {@code where}: text, {@link java.time.LocalDateTime}, or an
 *     array of one of these
 */
public record Hql(String where, String orderBy, List<Part> parts, Map<String, Object> parameters) {

    /**
     * Part of the result that an index returns in order, when no index returns the whole result in order: the rows with
     * a value in the first field of the order, or the rows without one (docs/adr/0013).
     *
     * @param orderBy the items of {@code order by} within the part
     * @param among the items of {@code order by} among rows with the same value in the first field; null for the
     *     part without a value
     */
    public record Part(String orderBy, String among) {}
}
