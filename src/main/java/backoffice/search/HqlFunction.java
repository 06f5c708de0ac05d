package backoffice.search;

/**
 * The functions that the translator writes into HQL, and the SQL that they stand for. In HQL a parameter is always the
 * first argument: Hibernate reads a parameter in the last place as a list of arguments, and then translates the statement
 * again for each call.
 */
public enum HqlFunction {

    /**
     * Whether a value equals an element of an array. HQL's {@code in} has one parameter for each value, and so one
     * statement for each number of values.
     */
    EQUAL_ANY("equal_any", "(?2=any(?1))"),

    /**
     * Whether a text matches a pattern in which a backslash escapes. HQL's {@code like} always comes with an {@code
     * escape} clause, which PostgreSQL evaluates for each row.
     */
    MATCHES("matches", "(?2 like ?1)"),

    /** Whether a text matches a pattern of an array. */
    LIKE_ANY("like_any", "(?2 like any(?1))");

    private final String hqlName;
    private final String sqlPattern;

    HqlFunction(String hqlName, String sqlPattern) {
        this.hqlName = hqlName;
        this.sqlPattern = sqlPattern;
    }

    /** The name of the function in HQL. */
    public String hqlName() {
        return hqlName;
    }

    /** The SQL of a call, with {@code ?1} and {@code ?2} for its two arguments. */
    public String sqlPattern() {
        return sqlPattern;
    }

    /** A call in HQL. */
    String call(String parameter, String path) {
        return hqlName + "(" + parameter + ", " + path + ")";
    }
}
