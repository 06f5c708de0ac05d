package backoffice.persistence;

import java.util.Arrays;
import java.util.Map;

/**
 * Adds to a statement that changes groups or customers who makes the change. The statement then sets {@code
 * backoffice.actor} for its transaction before its triggers run, and only if it changes a row. Without an actor, a
 * statement stays as it is. See docs/adr/0030.
 */
final class ChangeStatement {

    private static final String RETURNING = " returning ";

    private ChangeStatement() {}

    /** The text of a statement of SQL. */
    static String sql(String statement, Object[] parameters, String actor) {
        if (actor == null) {
            return statement;
        }
        String set = RETURNING + "(select set_config('backoffice.actor', $" + (parameters.length + 1)
                + ", true)) is not null as told";
        return statement.contains(RETURNING)
                ? statement.replace(RETURNING, set + ", ")
                : statement.stripTrailing() + set;
    }

    /** The parameters of a statement of SQL. */
    static Object[] parameters(Object[] parameters, String actor) {
        if (actor == null) {
            return parameters;
        }
        Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = actor;
        return all;
    }

    /**
     * The text of HQL, which knows no {@code returning}. The conditions before this one find one row at most.
     *
     * @param parameters gets the actor
     */
    static String hql(String statement, Map<String, Object> parameters, String actor) {
        if (actor == null) {
            return statement;
        }
        parameters.put("actor", actor);
        return statement + " and set_config('backoffice.actor', :actor, true) is not null";
    }
}
