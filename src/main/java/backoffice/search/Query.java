package backoffice.search;

import java.util.List;

/** Entry of {@code querys} as sent, not yet checked (docs/api.md, section 6.1). Each of {@code values} may be null. */
public record Query(String name, String op, List<String> values) {

    public Query {
        values = values == null ? List.of() : values;
    }
}
