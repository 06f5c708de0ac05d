package backoffice.search;

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
    LIKE_ANY("like_any", "(?2 like any(?1))");

    private final String hqlName;
    private final String sqlPattern;

    HqlFunction(String hqlName, String sqlPattern) {
        this.hqlName = hqlName;
        this.sqlPattern = sqlPattern;
    }

    public String hqlName() {
        return hqlName;
    }

    /** The SQL, with {@code ?1} and {@code ?2} for the two arguments. */
    public String sqlPattern() {
        return sqlPattern;
    }

    String call(String parameter, String path) {
        return hqlName + "(" + parameter + ", " + path + ")";
    }
}
