package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Operator of {@code querys} with its names, its number of values and its HQL (docs/api.md, section 6.2). */
public enum Operator {
    EQUAL(
            "equals one of the values",
            Arity.SOME,
            (field, values, parameters) -> equal(field, values, parameters),
            "=",
            "in"),
    NOT_EQUAL(
            "equals none of the values, or has no value",
            Arity.SOME,
            (field, values, parameters) -> orNull(field, "not " + equal(field, values, parameters)),
            "!=",
            "<>",
            "not in"),
    GREATER(
            "is greater than the value, by Unicode code point or by time",
            Arity.ONE,
            (field, values, parameters) -> field.path() + " > " + parameters.bind(values.get(0)),
            ">"),
    GREATER_OR_EQUAL(
            "is greater than or equal to the value",
            Arity.ONE,
            (field, values, parameters) -> field.path() + " >= " + parameters.bind(values.get(0)),
            ">="),
    LESS(
            "is less than the value",
            Arity.ONE,
            (field, values, parameters) -> field.path() + " < " + parameters.bind(values.get(0)),
            "<"),
    LESS_OR_EQUAL(
            "is less than or equal to the value",
            Arity.ONE,
            (field, values, parameters) -> field.path() + " <= " + parameters.bind(values.get(0)),
            "<="),
    BETWEEN(
            "is in the range from the first value to the second, both included",
            Arity.TWO,
            (field, values, parameters) -> field.path() + " between " + parameters.bind(values.get(0)) + " and "
                    + parameters.bind(values.get(1)),
            "between"),
    LIKE(
            "matches one of the patterns: `%` stands for any run of code points, `_` for one code point,"
                    + " `\\` takes the next code point literally; not for times",
            Arity.SOME, (field, values, parameters) -> like(field, values, parameters), "like"),
    NOT_LIKE(
            "matches none of the patterns, or has no value; not for times",
            Arity.SOME,
            (field, values, parameters) -> orNull(field, "not " + like(field, values, parameters)),
            "not like"),
    IS_NULL("has no value", Arity.NONE, (field, values, parameters) -> nullCheckPath(field) + " is null", "is null"),
    IS_NOT_NULL(
            "has a value",
            Arity.NONE,
            (field, values, parameters) -> nullCheckPath(field) + " is not null",
            "is not null");

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

    /** Function that writes a condition in HQL. It binds every value to a parameter, and writes none into the text. */
    private interface Template {
        String hql(Field field, List<?> values, Parameters parameters);
    }

    private static final int MAX_SEPARATE_PATTERNS = 4;

    private final String meaning;
    private final Arity arity;
    private final Template template;
    private final List<String> wireNames;

    Operator(String meaning, Arity arity, Template template, String... wireNames) {
        this.meaning = meaning;
        this.arity = arity;
        this.template = template;
        this.wireNames = List.of(wireNames);
    }

    /**
     * Returns the operator that a client sent.
     *
     * @param op a wire name in any letter case, with any number of spaces around it and between its words;
     *     null means {@code =}
     * @throws InvalidSearchException when there is no such operator
     */
    static Operator of(String op) {
        if (op == null) {
            return EQUAL;
        }
        String name = op.replaceAll(" +", " ").replaceAll("^ | $", "").toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(operator -> operator.wireNames.contains(name))
                .findFirst()
                .orElseThrow(() -> unknown(op));
    }

    /** The condition under which the operator is true, in Markdown. The OpenAPI document and docs/api.md have it. */
    public String meaning() {
        return meaning;
    }

    /** The names of the operator in a request, in lower case. */
    public List<String> wireNames() {
        return wireNames;
    }

    /** The first of the wire names, for messages. */
    String wireName() {
        return wireNames.get(0);
    }

    /** The number of values that the operator takes. */
    public Arity arity() {
        return arity;
    }

    /** Whether the values are patterns, which only a text field accepts. */
    public boolean matchesPatterns() {
        return this == LIKE || this == NOT_LIKE;
    }

    /** Returns the condition in HQL with its values bound to parameters. */
    String hql(Field field, List<?> values, Parameters parameters) {
        return template.hql(field, values, parameters);
    }

    private static InvalidSearchException unknown(String op) {
        return new InvalidSearchException(
                Reason.UNKNOWN_OPERATOR,
                op,
                Stream.of(values()).flatMap(o -> o.wireNames.stream()).toList());
    }

    private static String equal(Field field, List<?> values, Parameters parameters) {
        if (values.size() == 1) {
            return field.path() + " = " + parameters.bind(values.get(0));
        }
        return HqlFunction.EQUAL_ANY.call(parameters.bind(values.toArray(field.type()::array)), field.path());
    }

    /** Many patterns are bound as one array, so that their number does not make another statement (docs/adr/0012). */
    private static String like(Field field, List<?> values, Parameters parameters) {
        if (values.size() > MAX_SEPARATE_PATTERNS) {
            return HqlFunction.LIKE_ANY.call(parameters.bind(values.toArray(String[]::new)), field.path());
        }
        List<String> conditions = values.stream()
                .map(pattern -> like(field, (String) pattern, parameters))
                .toList();
        // Hibernate takes up to seconds to parse "not (matches(…))"; see docs/adr/0012.
        return conditions.size() == 1 && HqlFunction.MATCHES.isCall(conditions.get(0))
                ? conditions.get(0)
                : "(" + String.join(" or ", conditions) + ")";
    }

    /**
     * A prefix becomes a range, which an index serves in every plan. An index serves a pattern only in a plan that
     * PostgreSQL makes for this pattern (docs/adr/0013).
     */
    private static String like(Field field, String pattern, Parameters parameters) {
        return LikePattern.prefixRange(pattern)
                .map(range -> field.path() + " >= " + parameters.bind(range.from()) + " and " + field.path() + " < "
                        + parameters.bind(range.to()))
                .orElseGet(() -> HqlFunction.MATCHES.call(parameters.bind(pattern), field.path()));
    }

    private static String orNull(Field field, String condition) {
        return field.nullable() ? "(" + field.nullCheckPath() + " is null or " + condition + ")" : condition;
    }

    private static String nullCheckPath(Field field) {
        return field.nullable() ? field.nullCheckPath() : field.path();
    }
}
