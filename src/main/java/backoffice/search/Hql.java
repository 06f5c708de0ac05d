package backoffice.search;

import java.util.Map;

/**
 * A search as clauses of HQL. Nothing that a client sent stands in the text.
 *
 * @param where a condition for {@code where}, never empty
 * @param orderBy the items of {@code order by}, a total order
 * @param parameters what the named parameters of the condition stand for: text, {@link java.time.LocalDateTime}, a
 *     list of these, or an array of text
 */
public record Hql(String where, String orderBy, Map<String, Object> parameters) {}
