package backoffice.search;

import java.util.List;

/**
 * One condition, as it was sent and not yet checked.
 *
 * @param name the client's name of a field
 * @param op the wire name of an {@link Operator}; null means {@code =}
 * @param values what the field is compared with; null means none
 */
public record Query(String name, String op, List<String> values) {

    public Query {
        values = values == null ? List.of() : values;
    }
}
