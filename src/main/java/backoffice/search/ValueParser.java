package backoffice.search;

import backoffice.search.InvalidSearch.Reason;
import java.time.LocalDateTime;

/** Turns a value of {@code querys} into what its field holds (contract, section 6). */
final class ValueParser {

    private static final int LENGTH_OF_DAY = "yyyy-MM-dd".length();
    private static final String START_OF_DAY = " 00:00:00";

    private ValueParser() {}

    /** @throws InvalidSearch when the value is null, cannot be stored as text, or is not of the field's type */
    static Object parse(Field field, String value) {
        if (value == null) {
            throw new InvalidSearch(Reason.NULL_VALUE, field.name());
        }
        if (!StorableText.is(value)) {
            throw new InvalidSearch(Reason.UNSTORABLE_VALUE, field.name(), value);
        }
        return switch (field.type()) {
            case TEXT -> value;
            case TIME -> time(field, value);
        };
    }

    private static LocalDateTime time(Field field, String value) {
        return WallTime.parse(value.length() == LENGTH_OF_DAY ? value + START_OF_DAY : value)
                .orElseThrow(() -> new InvalidSearch(Reason.NOT_A_TIME, field.name(), value));
    }
}
