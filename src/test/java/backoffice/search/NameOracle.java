package backoffice.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A test oracle for searches by name. It implements docs/api.md, section 6, without code of the service. */
public final class NameOracle {

    /** The order by code point, which is the order of the bytes in UTF-8. */
    public static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private NameOracle() {}

    /** Whether a name meets a condition (docs/api.md, section 6.2). */
    public static boolean matches(String name, String op, List<String> values) {
        return switch (op) {
            case "=", "in" -> values.contains(name);
            case "!=", "<>", "not in" -> !values.contains(name);
            case ">" -> compare(name, values) > 0;
            case ">=" -> compare(name, values) >= 0;
            case "<" -> compare(name, values) < 0;
            case "<=" -> compare(name, values) <= 0;
            case "between" -> compare(name, values) >= 0 && BY_CODE_POINT.compare(name, values.get(1)) <= 0;
            case "like" -> values.stream().anyMatch(pattern -> like(codePoints(pattern), 0, codePoints(name), 0));
            case "not like" -> !matches(name, "like", values);
            case "contains" -> values.stream().anyMatch(value -> lower(name).contains(lower(value)));
            case "is null" -> false;
            case "is not null" -> true;
            default -> throw new IllegalArgumentException(op);
        };
    }

    /** Letter by letter, as PostgreSQL does: without the rules for several letters that Java has. */
    private static String lower(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int compare(String name, List<String> values) {
        return BY_CODE_POINT.compare(name, values.get(0));
    }

    private static boolean like(int[] pattern, int p, int[] text, int t) {
        if (p == pattern.length) {
            return t == text.length;
        }
        if (pattern[p] == '%') {
            return like(pattern, p + 1, text, t) || t < text.length && like(pattern, p, text, t + 1);
        }
        if (t == text.length) {
            return false;
        }
        if (pattern[p] == '\\') {
            return pattern[p + 1] == text[t] && like(pattern, p + 2, text, t + 1);
        }
        return (pattern[p] == '_' || pattern[p] == text[t]) && like(pattern, p + 1, text, t + 1);
    }

    private static int[] codePoints(String text) {
        return text.codePoints().toArray();
    }
}
