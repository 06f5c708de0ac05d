package backoffice.search;

import java.util.List;

/**
 * Entry of {@code querys}, a condition as sent and not yet checked (docs/api.md, section 6.1).
 *
 * @param name the name of a field, null when it is not sent
 * @param op the wire name of an {@link Operator}; null means {@code =}
 * @param values the values to compare the field with; null becomes an empty list, and entries may be null
 */
public record Query(String name, String op, List<String> values) {

    public Query {
        values = values == null ? List.of() : values;
    }
}
