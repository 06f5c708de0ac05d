package backoffice.search;

import java.util.List;

/** A search that cannot be understood: status 1002 of the contract. */
public final class InvalidSearchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong; the comment names the arguments that go with it. */
    public enum Reason {
        /** The number of entries, the most that is accepted. */
        TOO_MANY_QUERYS,
        /** The number of values in all, the most that is accepted. */
        TOO_MANY_VALUES,
        /** {@code querys} or {@code sorts} with the index of the entry. */
        NULL_ENTRY,
        /** The field, the list of the accepted fields. */
        UNKNOWN_FIELD,
        /** The operator, the list of the accepted operators. */
        UNKNOWN_OPERATOR,
        /** The order. */
        UNKNOWN_ORDER,
        /** The field. */
        SORTED_TWICE,
        /** The operator, the number of its values, the numbers that are accepted. */
        WRONG_NUMBER_OF_VALUES,
        /** The field. */
        NULL_VALUE,
        /** The field, the value. */
        UNSTORABLE_VALUE,
        /** The field, the value. */
        NOT_A_TIME,
        /** The pattern. */
        LONE_ESCAPE,
        /** The operator, the field. */
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

    /** What the reason speaks of, in the order that {@link Reason} gives; values of the client stand as they came. */
    public List<Object> arguments() {
        return arguments;
    }
}
