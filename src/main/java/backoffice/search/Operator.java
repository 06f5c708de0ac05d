package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operators of {@code querys}, each with its whole grammar (contract, section 6). */
public enum Operator {
    EQUAL("is equal to one of them", Arity.SOME, (field, values, to) -> equal(field, values, to), "=", "in"),
    NOT_EQUAL(
            "is equal to none of them, or has no value",
            Arity.SOME,
            (field, values, to) -> orNull(field, "not " + equal(field, values, to)),
            "!=",
            "<>",
            "not in"),
    GREATER(
            "is greater, by Unicode code point or by time",
            Arity.ONE,
            (field, values, to) -> field.path() + " > " + to.bind(values.get(0)),
            ">"),
    GREATER_OR_EQUAL(
            "is greater or equal",
            Arity.ONE,
            (field, values, to) -> field.path() + " >= " + to.bind(values.get(0)),
            ">="),
    LESS("is less", Arity.ONE, (field, values, to) -> field.path() + " < " + to.bind(values.get(0)), "<"),
    LESS_OR_EQUAL(
            "is less or equal", Arity.ONE, (field, values, to) -> field.path() + " <= " + to.bind(values.get(0)), "<="),
    BETWEEN(
            "is between the first and the second, both included",
            Arity.TWO,
            (field, values, to) ->
                    field.path() + " between " + to.bind(values.get(0)) + " and " + to.bind(values.get(1)),
            "between"),
    LIKE(
            "matches one of the patterns: `%` any run, `_` one code point, `\\` takes the next one literally; not for times",
            Arity.SOME, (field, values, to) -> like(field, values, to), "like"),
    NOT_LIKE(
            "matches none of them, or has no value; not for times",
            Arity.SOME,
            (field, values, to) -> orNull(field, "not " + like(field, values, to)),
            "not like"),
    IS_NULL("has no value", Arity.NONE, (field, values, to) -> presence(field) + " is null", "is null"),
    IS_NOT_NULL("has a value", Arity.NONE, (field, values, to) -> presence(field) + " is not null", "is not null");

    /** How many values an operator takes. */
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

    /** Writes a condition; every value goes through {@code to}, none into the text. */
    private interface Template {
        String hql(Field field, List<?> values, Parameters to);
    }

    private static final int MOST_SEPARATE_PATTERNS = 4;

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
     * @param op a wire name in any letter case, spaces around it and doubled within it forgiven; null means {@code =}
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

    /** When it is true of a field and its values, in Markdown; the OpenAPI document says it. */
    public String meaning() {
        return meaning;
    }

    /** All that clients may call it, in lower case. */
    public List<String> wireNames() {
        return wireNames;
    }

    /** The operator's first name in the grammar. */
    String wireName() {
        return wireNames.get(0);
    }

    /** How many values it takes. */
    public Arity arity() {
        return arity;
    }

    /** Whether the values are patterns, which exist for text alone. */
    boolean matchesPatterns() {
        return this == LIKE || this == NOT_LIKE;
    }

    /** The condition in HQL, its values bound to parameters. */
    String hql(Field field, List<?> values, Parameters to) {
        return template.hql(field, values, to);
    }

    private static InvalidSearchException unknown(String op) {
        return new InvalidSearchException(
                Reason.UNKNOWN_OPERATOR,
                op,
                Stream.of(values()).flatMap(o -> o.wireNames.stream()).toList());
    }

    private static String equal(Field field, List<?> values, Parameters to) {
        if (values.size() == 1) {
            return field.path() + " = " + to.bind(values.get(0));
        }
        return HqlFunction.EQUAL_ANY.call(to.bind(values.toArray(field.type()::array)), field.path());
    }

    /** Many patterns are one array: the number of statements that are kept prepared must not grow with it. */
    private static String like(Field field, List<?> values, Parameters to) {
        return values.size() > MOST_SEPARATE_PATTERNS
                ? HqlFunction.LIKE_ANY.call(to.bind(values.toArray(String[]::new)), field.path())
                : values.stream()
                        .map(pattern -> like(field, (String) pattern, to))
                        .collect(Collectors.joining(" or ", "(", ")"));
    }

    /** A range is served by an index in every plan, a pattern only in those that PostgreSQL makes for its value. */
    private static String like(Field field, String pattern, Parameters to) {
        return LikePattern.prefixRange(pattern)
                .map(range -> field.path() + " >= " + to.bind(range.from()) + " and " + field.path() + " < "
                        + to.bind(range.to()))
                .orElseGet(() -> HqlFunction.MATCHES.call(to.bind(pattern), field.path()));
    }

    private static String orNull(Field field, String condition) {
        return field.nullable() ? "(" + field.absence() + " is null or " + condition + ")" : condition;
    }

    private static String presence(Field field) {
        return field.nullable() ? field.absence() : field.path();
    }
}
