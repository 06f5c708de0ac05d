package backoffice.persistence;

/**
 * Says who makes a change, to the triggers of the option history/. The statement of the change sets
 * {@code backoffice.actor} for its transaction before its triggers run, and only if it changes a row. See docs/adr/0030.
 */
public interface ChangeActor {

    /** Who makes the changes of the current call, as a JSON object; null outside of a call. */
    String current();

    /** The SQL of a change that sets the actor, which is the parameter with this number. It may return a column more. */
    static String sql(String change, int parameter) {
        String returning = " returning ";
        String set =
                returning + "(select set_config('backoffice.actor', $" + parameter + ", true)) is not null as told";
        return change.contains(returning) ? change.replace(returning, set + ", ") : change.stripTrailing() + set;
    }
}
