package backoffice.search;

import java.util.List;

/** Exception for a search that the service does not understand; the call ends with 1002 (docs/api.md, section 6.1). */
public final class InvalidSearchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Reason of the failure. Its message in {@code messages.properties} shows the arguments. */
    public enum Reason {
        TOO_MANY_QUERYS,
        TOO_MANY_VALUES,
        NULL_ENTRY,
        UNKNOWN_FIELD,
        UNKNOWN_OPERATOR,
        UNKNOWN_ORDER,
        SORTED_TWICE,
        WRONG_NUMBER_OF_VALUES,
        NULL_VALUE,
        UNSTORABLE_VALUE,
        NOT_A_TIME,
        LONE_ESCAPE,
        PATTERN_ON_TIME
    }

    private final Reason reason;
    private final transient List<Object> arguments;

    InvalidSearchException(Reason reason, Object... arguments) {
        super(reason + " " + List.of(arguments));
        this.reason = reason;
        this.arguments = List.of(arguments);
    }

    public Reason reason() {
        return reason;
    }

    /** The arguments of the message; values of the client are as sent. */
    public List<Object> arguments() {
        return arguments;
    }
}
