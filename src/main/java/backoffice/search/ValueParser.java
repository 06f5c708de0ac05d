package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;
import backoffice.value.StorableText;
import backoffice.value.WallTime;

/** Parser of the values of {@code querys} (docs/api.md, section 6.4). */
final class ValueParser {

    private ValueParser() {}

    /**
     * Parses a value of a field.
     *
     * @return a text, or a {@link java.time.LocalDateTime} for a time
     * @throws InvalidSearchException when the value is null, cannot be stored as text, or is not of
     *     the type of the field
     */
    static Object parse(Field field, String value) {
        if (value == null) {
            throw new InvalidSearchException(Reason.NULL_VALUE, field.name());
        }
        if (!StorableText.is(value)) {
            throw new InvalidSearchException(Reason.UNSTORABLE_VALUE, field.name(), value);
        }
        return switch (field.type()) {
            case TEXT -> value;
            case TIME ->
                WallTime.parse(value)
                        .orElseThrow(() -> new InvalidSearchException(Reason.NOT_A_TIME, field.name(), value));
        };
    }
}
