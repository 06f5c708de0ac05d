package backoffice.search;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/**
 * Functions that the translator uses in HQL, with the SQL of each. The parameter is the first argument, because Hibernate
 * translates a statement again in each call when a parameter is the last one. See docs/adr/0012.
 */
public enum HqlFunction {

    /** Equals an element of an array. With HQL's {@code in}, each number of values would be another statement. */
    EQUAL_ANY("equal_any", "(?2=any(?1))"),

    /** Matches a pattern. HQL's {@code like} has an {@code escape} clause, which PostgreSQL evaluates for each row. */
    MATCHES("matches", "(?2 like ?1)"),

    /** Matches a pattern of an array. */
    LIKE_ANY("like_any", "(?2 like any(?1))"),

    /**
     * Matches a pattern without regard to letter case. The collation of the database knows more letters than "C" does.
     * An index can have the left side: {@code deploy/postgresql/contains-index.sql}.
     */
    CONTAINS("contains_text", "(lower(?2 collate \"default\") like lower(?1 collate \"default\"))"),

    /** Does so for a pattern of an array. */
    CONTAINS_ANY(
            "contains_any",
            "(lower(?2 collate \"default\") like any(array("
                    + "select lower(pattern collate \"default\") from unnest(cast(?1 as text[])) pattern)))"),

    /** Equals an id that a subquery selects. PostgreSQL evaluates the array once, and an index serves the ids. */
    IN_ARRAY_OF("in_array_of", "(?2 = any(array ?1))"),

    /** All texts of a customer, of which the first one is never null. */
    TEXTS("texts", Fields.CUSTOMERS.queryable("any").texts().size());

    /** Stands between texts, so that no value is found across two of them, unless it has this character itself. */
    static final String SEPARATOR = "\u001f";

    private final String hqlName;
    private final String sqlPattern;
    private final int arguments;

    /** A condition on a parameter and a path. */
    HqlFunction(String hqlName, String sqlPattern) {
        this.hqlName = hqlName;
        this.sqlPattern = sqlPattern;
        this.arguments = 2;
    }

    /** A concatenation of texts. */
    HqlFunction(String hqlName, int texts) {
        this.hqlName = hqlName;
        this.sqlPattern =
                IntStream.rangeClosed(2, texts).mapToObj(HqlFunction::separated).collect(joining("", "(?1", ")"));
        this.arguments = texts;
    }

    private static String separated(int argument) {
        return " || E'\\x1f' || coalesce(?" + argument + ", '')";
    }

    public String hqlName() {
        return hqlName;
    }

    /** The SQL, with {@code ?1}, {@code ?2} and so on for the arguments. */
    public String sqlPattern() {
        return sqlPattern;
    }

    /** The number of arguments. */
    public int arguments() {
        return arguments;
    }

    /** The type of its value: a condition or a text. */
    public Class<?> type() {
        return this == TEXTS ? String.class : Boolean.class;
    }

    String call(String... arguments) {
        return hqlName + "(" + String.join(", ", arguments) + ")";
    }
}
