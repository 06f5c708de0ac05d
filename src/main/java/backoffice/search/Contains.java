package backoffice.search;

import backoffice.search.Hql.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The condition of {@code contains} (docs/api.md, section 6.2). See docs/adr/0035. */
final class Contains {

    private static final String GROUPS =
            "(select named.id from CustomerGroup named where named.vendor = :vendor and %s)";

    private Contains() {}

    static String hql(Field field, List<?> values, Parameters parameters) {
        String[] patterns =
                values.stream().map(value -> pattern((String) value)).toArray(String[]::new);
        boolean isArray = !parameters.admitsPatterns(patterns.length);
        List<String> bound = isArray
                ? List.of(parameters.bind(patterns))
                : Arrays.stream(patterns).map(parameters::bind).toList();
        List<Function<String, String>> conditions =
                on(isArray ? HqlFunction.CONTAINS_ANY : HqlFunction.CONTAINS, bound);
        String texts = HqlFunction.TEXTS.call(field.texts().toArray(String[]::new));
        String inTexts = field.texts().isEmpty() ? null : anyOf(conditions, texts);
        if (field.type() != Field.Type.ANY) {
            String inField = anyOf(conditions, field.path());
            // It adds nothing but the index of all texts.
            return inTexts == null ? inField : inField + " and " + inTexts;
        }
        if (values.stream().anyMatch(value -> ((String) value).contains(HqlFunction.SEPARATOR))) {
            inTexts =
                    field.texts().stream().map(path -> anyOf(conditions, path)).collect(Collectors.joining(" or "));
        }
        if (values.stream().noneMatch(value -> hasLetterCase((String) value))) {
            HqlFunction asItIs = isArray ? HqlFunction.LIKE_ANY : HqlFunction.MATCHES;
            inTexts = "(" + anyOf(on(asItIs, bound), texts) + " and (" + inTexts + "))";
        }
        String groups = GROUPS.formatted(anyOf(conditions, "named.name"));
        return "(" + inTexts + " or " + HqlFunction.IN_ARRAY_OF.call(groups, "c.groupId") + ")";
    }

    private static List<Function<String, String>> on(HqlFunction function, List<String> parameters) {
        return parameters.stream()
                .<Function<String, String>>map(parameter -> path -> function.call(parameter, path))
                .toList();
    }

    /**
     * Whether lower case matters for a text. It does not for telephone numbers and Chinese, so a condition without it comes
     * first. It takes half of the time, and most customers get no further.
     */
    private static boolean hasLetterCase(String text) {
        return text.codePoints().anyMatch(c -> c < 0x80 ? Character.isLetter(c) : !Character.isIdeographic(c));
    }

    private static String anyOf(List<Function<String, String>> conditions, String path) {
        String any = conditions.stream().map(condition -> condition.apply(path)).collect(Collectors.joining(" or "));
        return conditions.size() == 1 ? any : "(" + any + ")";
    }

    /** The pattern of {@code like} for a text that stands anywhere. No character of the text is special. */
    private static String pattern(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
