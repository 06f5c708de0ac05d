package backoffice.search;

import java.util.List;

/** Exception for a search that the service does not understand; the call ends with 1002 (docs/api.md, section 6.1). */
public final class InvalidSearchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Reason of the failure. The comment of a constant lists the arguments of its message in order. */
    public enum Reason {
        /** Arguments: the number of entries, the largest accepted number. */
        TOO_MANY_QUERYS,
        /** Arguments: the number of values in all {@code querys}, the largest accepted number. */
        TOO_MANY_VALUES,
        /** Arguments: the entry, such as {@code querys[0]}. */
        NULL_ENTRY,
        /** Arguments: the field, the list of the accepted fields. */
        UNKNOWN_FIELD,
        /** Arguments: the operator, the list of the accepted operators. */
        UNKNOWN_OPERATOR,
        /** Arguments: the order. */
        UNKNOWN_ORDER,
        /** Arguments: the field. */
        SORTED_TWICE,
        /** Arguments: the operator, the number of its values, the accepted {@link Operator.Arity}. */
        WRONG_NUMBER_OF_VALUES,
        /** Arguments: the field. */
        NULL_VALUE,
        /** Arguments: the field, the value. */
        UNSTORABLE_VALUE,
        /** Arguments: the field, the value. */
        NOT_A_TIME,
        /** Arguments: the pattern. */
        LONE_ESCAPE,
        /** Arguments: the operator, the field. */
        PATTERN_ON_TIME
    }

    private final Reason reason;
    private final transient List<Object> arguments;

    InvalidSearchException(Reason reason, Object... arguments) {
        super(reason + " " + List.of(arguments));
        this.reason = reason;
        this.arguments = List.of(arguments);
    }

    /** The reason, whose message the client gets. */
    public Reason reason() {
        return reason;
    }

    /** The arguments of the message in the order that {@link Reason} lists; values of the client are as sent. */
    public List<Object> arguments() {
        return arguments;
    }
}
