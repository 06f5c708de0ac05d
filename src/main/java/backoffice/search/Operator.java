package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.search.Hql.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    CONTAINS(Arity.SOME, "contains"),
    IS_NULL(Arity.NONE, "is null"),
    IS_NOT_NULL(Arity.NONE, "is not null");

    /** Number of values that an operator takes. */
    public enum Arity {
        NONE,
        ONE,
        TWO,
        SOME;

        boolean admits(int count) {
            return this == SOME ? count > 0 : count == ordinal();
        }

        @Override
        public String toString() {
            return this == SOME ? "1…n" : String.valueOf(ordinal());
        }
    }

    /** The length of the longest wire name. */
    private static final int MAX_LENGTH = "is not null".length();

    /** A field without a value matches, too. */
    private static final String IS_NOT_TRUE = " is not true";

    /** The member of a condition that names the operator. */
    static final Location OP = Location.BODY.member("op");

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

    /**
     * @param op a wire name in ASCII letters of any case, with any spaces around it and between its words; null means
     *     {@code =}
     */
    static Operator of(String op) {
        Operator operator = op == null ? EQUAL : BY_WIRE_NAME.getOrDefault(op, BY_WIRE_NAME.get(normalized(op)));
        if (operator == null) {
            throw new ApiException(Problem.UNKNOWN_OPERATOR, op, List.copyOf(BY_WIRE_NAME.keySet())).at(OP);
        }
        return operator;
    }

    /** In lower case, with single spaces between words. Of a name that is too long for an operator, the beginning. */
    private static String normalized(String op) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < op.length() && name.length() <= MAX_LENGTH; i++) {
            char c = op.charAt(i);
            if (c != ' ') {
                name.append(i > 0 && op.charAt(i - 1) == ' ' && !name.isEmpty() ? " " : "");
                // The Kelvin sign is one of the letters whose lower case is in ASCII.
                name.append(c < 128 ? Character.toLowerCase(c) : '?');
            }
        }
        return name.toString();
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

    /** Whether the values are patterns. */
    public boolean matchesPatterns() {
        return this == LIKE || this == NOT_LIKE;
    }

    /** The range of a condition that is the only one of its search; null when it is no range. */
    Hql.NameRange range(List<?> values) {
        return switch (this) {
            case GREATER, GREATER_OR_EQUAL -> new Hql.NameRange(Parameters.FIRST, null);
            case LESS, LESS_OR_EQUAL -> new Hql.NameRange(null, Parameters.FIRST);
            case BETWEEN -> new Hql.NameRange(Parameters.FIRST, Parameters.SECOND);
            case LIKE ->
                values.size() == 1 && ((LikePattern) values.get(0)).isRange()
                        ? new Hql.NameRange(Parameters.FIRST, Parameters.SECOND)
                        : null;
            default -> null;
        };
    }

    /** Whether it denies a comparison, so that it finds also rows without a value. */
    boolean isNegated() {
        return this == NOT_EQUAL || this == NOT_LIKE;
    }

    /** @param values those of the query, parsed; each is a {@link LikePattern} when the operator {@link #matchesPatterns} */
    String hql(Field field, List<?> values, Parameters parameters) {
        String path = field.path();
        return switch (this) {
            case EQUAL ->
                values.size() == 1
                        ? path + " = " + parameters.bind(values.get(0))
                        : equalAny(field, values, parameters);
            case NOT_EQUAL ->
                values.size() == 1
                        ? path + " is distinct from " + parameters.bind(values.get(0))
                        : equalAny(field, values, parameters) + IS_NOT_TRUE;
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
                path + " " + wireName() + " " + parameters.bind(values.get(0));
            case BETWEEN ->
                path + " between " + parameters.bind(values.get(0)) + " and " + parameters.bind(values.get(1));
            case LIKE -> like(path, patterns(values), parameters);
            case NOT_LIKE -> notLike(path, patterns(values), parameters);
            case CONTAINS -> Contains.hql(field, values, parameters);
            case IS_NULL, IS_NOT_NULL -> (field.nullable() ? field.nullCheckPath() : path) + " " + wireName();
        };
    }

    private static String equalAny(Field field, List<?> values, Parameters parameters) {
        return HqlFunction.EQUAL_ANY.call(parameters.bind(values.toArray(field.type()::array)), field.path());
    }

    private static List<LikePattern> patterns(List<?> values) {
        return values.stream().map(LikePattern.class::cast).toList();
    }

    private static String like(String path, List<LikePattern> patterns, Parameters parameters) {
        if (patterns.size() == 1) {
            LikePattern pattern = patterns.get(0);
            return pattern.hasRange() && parameters.admitsPatterns(1)
                    ? pattern.hql(path, parameters)
                    : pattern.matches(path, parameters);
        }
        return parameters.admitsPatterns(patterns.size())
                ? patterns.stream()
                        .map(pattern -> pattern.hql(path, parameters))
                        .collect(Collectors.joining(" or ", "(", ")"))
                : likeAny(path, patterns, parameters);
    }

    private static String notLike(String path, List<LikePattern> patterns, Parameters parameters) {
        return patterns.size() == 1 || parameters.admitsPatterns(patterns.size())
                ? patterns.stream()
                        .map(pattern -> pattern.matches(path, parameters) + IS_NOT_TRUE)
                        .collect(Collectors.joining(" and "))
                : likeAny(path, patterns, parameters) + IS_NOT_TRUE;
    }

    private static String likeAny(String path, List<LikePattern> patterns, Parameters parameters) {
        String[] texts = patterns.stream().map(LikePattern::text).toArray(String[]::new);
        return HqlFunction.LIKE_ANY.call(parameters.bind(texts), path);
    }
}
