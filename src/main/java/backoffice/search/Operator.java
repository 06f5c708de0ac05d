package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Operator of {@code querys} with its names, its number of values and its HQL (docs/api.md, section 6.2). */
public enum Operator {
    EQUAL(Arity.SOME, "=", "in"),
    NOT_EQUAL(Arity.SOME, "!=", "<>", "not in"),
    GREATER(Arity.ONE, ">"),
    GREATER_OR_EQUAL(Arity.ONE, ">="),
    LESS(Arity.ONE, "<"),
    LESS_OR_EQUAL(Arity.ONE, "<="),
    BETWEEN(Arity.TWO, "between"),
    LIKE(Arity.SOME, "like"),
    NOT_LIKE(Arity.SOME, "not like"),
    IS_NULL(Arity.NONE, "is null"),
    IS_NOT_NULL(Arity.NONE, "is not null");

    /** Number of values that an operator takes. */
    public enum Arity {
        NONE("0"),
        ONE("1"),
        TWO("2"),
        SOME("1…n");

        private final String text;

        Arity(String text) {
            this.text = text;
        }

        boolean admits(int count) {
            return this == SOME ? count > 0 : count == ordinal();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final int MAX_SEPARATE_PATTERNS = 4;
    private static final Map<String, Operator> BY_WIRE_NAME = new LinkedHashMap<>();

    static {
        Stream.of(values()).forEach(operator -> operator.wireNames.forEach(name -> BY_WIRE_NAME.put(name, operator)));
    }

    private final Arity arity;
    private final List<String> wireNames;

    Operator(Arity arity, String... wireNames) {
        this.arity = arity;
        this.wireNames = List.of(wireNames);
    }

    /** @param op a wire name in any letter case, with any spaces around it and between its words; null means {@code =} */
    static Operator of(String op) {
        if (op == null) {
            return EQUAL;
        }
        Operator operator = BY_WIRE_NAME.get(op);
        if (operator == null) {
            operator = BY_WIRE_NAME.get(
                    op.replaceAll(" +", " ").replaceAll("^ | $", "").toLowerCase(Locale.ROOT));
        }
        if (operator == null) {
            throw new InvalidSearchException(Reason.UNKNOWN_OPERATOR, op, List.copyOf(BY_WIRE_NAME.keySet()));
        }
        return operator;
    }

    /** The names in a request, in lower case; messages have the first one. */
    public List<String> wireNames() {
        return wireNames;
    }

    String wireName() {
        return wireNames.get(0);
    }

    public Arity arity() {
        return arity;
    }

    /** Whether the values are patterns, which only a text field accepts. */
    public boolean matchesPatterns() {
        return this == LIKE || this == NOT_LIKE;
    }

    /** @param values those of the query, parsed; each is a {@link LikePattern} when the operator {@link #matchesPatterns} */
    String hql(Field field, List<?> values, Parameters parameters) {
        return switch (this) {
            case EQUAL -> equal(field, values, parameters);
            case NOT_EQUAL -> orNull(field, "not " + equal(field, values, parameters));
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                field.path() + " " + wireName() + " " + parameters.bind(values.get(0));
            case BETWEEN ->
                field.path() + " between " + parameters.bind(values.get(0)) + " and " + parameters.bind(values.get(1));
            case LIKE -> like(field, patterns(values), parameters);
            case NOT_LIKE -> orNull(field, "not " + like(field, patterns(values), parameters));
            case IS_NULL, IS_NOT_NULL -> (field.nullable() ? field.nullCheckPath() : field.path()) + " " + wireName();
        };
    }

    /**
     * Whether an index bounds the rows that the operator finds. A range with one end counts as unbounded, because it can be
     * nearly everything.
     */
    boolean isIndexed(List<?> values) {
        return switch (this) {
            case EQUAL, BETWEEN -> true;
            case LIKE ->
                values.size() <= MAX_SEPARATE_PATTERNS
                        && patterns(values).stream().allMatch(LikePattern::isIndexed);
            default -> false;
        };
    }

    private static String equal(Field field, List<?> values, Parameters parameters) {
        if (values.size() == 1) {
            return field.path() + " = " + parameters.bind(values.get(0));
        }
        return HqlFunction.EQUAL_ANY.call(parameters.bind(values.toArray(field.type()::array)), field.path());
    }

    private static List<LikePattern> patterns(List<?> values) {
        return values.stream().map(LikePattern.class::cast).toList();
    }

    /** Many patterns are bound as one array, so that their number does not make another statement (docs/adr/0012). */
    private static String like(Field field, List<LikePattern> patterns, Parameters parameters) {
        if (patterns.size() > MAX_SEPARATE_PATTERNS) {
            String[] texts = patterns.stream().map(LikePattern::text).toArray(String[]::new);
            return HqlFunction.LIKE_ANY.call(parameters.bind(texts), field.path());
        }
        List<String> conditions =
                patterns.stream().map(pattern -> pattern.hql(field, parameters)).toList();
        // Hibernate takes up to seconds to parse "not (matches(…))"; see docs/adr/0012.
        return conditions.size() == 1 && HqlFunction.MATCHES.isCall(conditions.get(0))
                ? conditions.get(0)
                : "(" + String.join(" or ", conditions) + ")";
    }

    private static String orNull(Field field, String condition) {
        return field.nullable() ? "(" + field.nullCheckPath() + " is null or " + condition + ")" : condition;
    }
}
