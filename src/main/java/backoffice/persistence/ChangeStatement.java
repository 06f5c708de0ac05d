package backoffice.persistence;

import java.util.Map;
import java.util.stream.Stream;

/**
 * A statement that changes rows, with who does it. It sets {@code backoffice.actor} for its transaction before its
 * triggers run, and only if it changes a row. Without an actor, a statement stays as it is. See docs/adr/0030.
 */
record ChangeStatement(String text, Object[] parameters) {

    private static final String RETURNING = " returning ";

    static ChangeStatement sql(String statement, Object[] parameters, String actor) {
        if (actor == null) {
            return new ChangeStatement(statement, parameters);
        }
        String set = RETURNING + "(select set_config('backoffice.actor', $" + (parameters.length + 1)
                + ", true)) is not null as told";
        return new ChangeStatement(
                statement.contains(RETURNING)
                        ? statement.replace(RETURNING, set + ", ")
                        : statement.stripTrailing() + set,
                Stream.concat(Stream.of(parameters), Stream.of(actor)).toArray());
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
