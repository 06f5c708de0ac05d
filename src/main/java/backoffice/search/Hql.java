package backoffice.search;

import java.util.List;
import java.util.Map;

/**
 * A search as clauses of HQL. Nothing that a client sent stands in the text.
 *
 * @param where a condition for {@code where}, never empty
 * @param orderBy the items of {@code order by}, a total order
 * @param parts what is found, cut into parts that follow each other in that order; empty when it is not to be cut
 * @param parameters what the named parameters of the condition stand for: text, {@link java.time.LocalDateTime}, or
 *     an array of one of these
 */
public record Hql(String where, String orderBy, List<Part> parts, Map<String, Object> parameters) {

    /**
     * Rows that an index gives in order, where it cannot give the whole: those with a value in the field that is sorted
     * by, or those without.
     *
     * @param orderBy the items of {@code order by} within it
     * @param among the items of {@code order by} among rows with the same value in that field; null for those without
     */
    public record Part(String orderBy, String among) {}
}
