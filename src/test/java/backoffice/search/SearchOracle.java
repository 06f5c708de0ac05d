package backoffice.search;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;

/** A test oracle for searches. It writes a condition (docs/api.md, section 6.2) as plain SQL, without code of the service. */
public final class SearchOracle {

    private static final Set<String> NEGATIVE = Set.of("!=", "<>", "not in", "not like");

    private SearchOracle() {}

    /** @param column the SQL of a text, of which a null is equal to nothing */
    public static String condition(String column, String op, List<String> values) {
        String condition = switch (op) {
            case "=", "in", "!=", "<>", "not in" -> "%1$s = any(%2$s)";
            case ">", ">=", "<", "<=" -> "%1$s " + op + " (%2$s)[1]";
            case "between" -> "%1$s >= (%2$s)[1] and %1$s <= (%2$s)[2]";
            case "like", "not like" -> "%1$s like any(%2$s)";
            case "contains" ->
                "exists (select from unnest(%2$s) part where strpos(lower(%1$s collate \"default\"), lower(part)) > 0)";
            case "is null", "is not null" -> "%1$s " + op;
            default -> throw new IllegalArgumentException(op);
        };
        return (NEGATIVE.contains(op) ? "(not coalesce(" + condition + ", false))" : "(" + condition + ")")
                .formatted(
                        column,
                        values.stream().map(SearchOracle::literal).collect(joining(",", "array[", "]::text[]")));
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
