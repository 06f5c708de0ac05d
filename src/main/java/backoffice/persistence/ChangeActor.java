package backoffice.persistence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says who makes a change, to the triggers of the option history/. The statement of the change sets
 * {@code backoffice.actor} for its transaction before its triggers run, and only if it changes a row. See docs/adr/0030.
 */
public interface ChangeActor {

    /** The changes of the repositories, which are constants, in the form that sets the actor. */
    Map<String, String> WITH_ACTOR = new ConcurrentHashMap<>();

    /** Who makes the changes of the current call, as a JSON object; null outside of a call. */
    String current();

    /** The SQL of a change that sets the actor, which is the parameter with this number. It may return a column more. */
    static String sql(String change, int parameter) {
        return WITH_ACTOR.computeIfAbsent(change, sql -> {
            String returning = " returning ";
            String set =
                    returning + "(select set_config('backoffice.actor', $" + parameter + ", true)) is not null as told";
            return sql.contains(returning) ? sql.replace(returning, set + ", ") : sql.stripTrailing() + set;
        });
    }
}
