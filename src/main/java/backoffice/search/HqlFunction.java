package backoffice.search;

/**
 * Functions that the translator uses in HQL, with the SQL of each.
 *
 * <p>The parameter is always the first argument. Hibernate takes a parameter in the last place for a list of arguments,
 * and then translates the statement again in each call; see docs/adr/0012.
 */
public enum HqlFunction {

    /**
     * Whether a value equals an element of an array. HQL's {@code in} has one parameter for each value, so each number
     * of values would be another statement.
     */
    EQUAL_ANY("equal_any", "(?2=any(?1))"),

    /**
     * Whether a text matches a pattern, with the backslash as the escape character. HQL's {@code like} always has an
     * {@code escape} clause, which PostgreSQL evaluates for each row.
     */
    MATCHES("matches", "(?2 like ?1)"),

    /** Whether a text matches at least one pattern of an array. */
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

    /** The SQL of the function, with {@code ?1} and {@code ?2} for its two arguments. */
    public String sqlPattern() {
        return sqlPattern;
    }

    /** Returns a call of the function in HQL. */
    String call(String parameter, String path) {
        return hqlName + "(" + parameter + ", " + path + ")";
    }

    /** Whether a condition in HQL is one call of the function. */
    boolean isCall(String condition) {
        return condition.startsWith(hqlName + "(");
    }
}
