package backoffice.search;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/**
 * Functions that searches and lists use in HQL, with the SQL of each. A parameter is the first argument, because Hibernate
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
    TEXTS("texts", Fields.CUSTOMERS.queryable("any").texts().size()),

    /**
     * Collects rows into an array, in the order in which they come; null when there is none. HQL's own {@code array_agg}
     * requires an order of its own.
     */
    ARRAY_OF("array_of", "array_agg(?1)", 1, null),

    /** Does so, and is null when no row has a value, as in most columns. */
    OPTIONAL_ARRAY_OF("optional_array_of", "case when count(?1) > 0 then array_agg(?1) end", 1, null),

    /** The size of an array in memory, 0 for null. PostgreSQL aggregates the same rows once. */
    BYTES_OF("bytes_of", "coalesce(pg_column_size(?1), 0)", 1, Integer.class);

    /** Stands between texts, so that no value is found across two of them, unless it has this character itself. */
    static final String SEPARATOR = "\u001f";

    private final String hqlName;
    private final String sqlPattern;
    private final int arguments;
    private final Class<?> type;

    HqlFunction(String hqlName, String sqlPattern, int arguments, Class<?> type) {
        this.hqlName = hqlName;
        this.sqlPattern = sqlPattern;
        this.arguments = arguments;
        this.type = type;
    }

    /** A condition on a parameter and a path. */
    HqlFunction(String hqlName, String sqlPattern) {
        this(hqlName, sqlPattern, 2, Boolean.class);
    }

    /** A concatenation of texts. */
    HqlFunction(String hqlName, int texts) {
        this(
                hqlName,
                IntStream.rangeClosed(2, texts).mapToObj(HqlFunction::separated).collect(joining("", "(?1", ")")),
                texts,
                String.class);
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

    /** The type of its value; null for a function that collects its arguments into an array. */
    public Class<?> type() {
        return type;
    }

    /** The call of this function in HQL. */
    public String call(String... arguments) {
        return hqlName + "(" + String.join(", ", arguments) + ")";
    }
}
