package backoffice.search;

import backoffice.search.InvalidSearch.Reason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Turns a value of {@code querys} into what its field holds (contract, section 6). */
final class ValueParser {

    private static final DateTimeFormatter TIME = strict("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter DAY = strict("uuuu-MM-dd");
    private static final int LENGTH_OF_TIME = "yyyy-MM-dd HH:mm:ss".length();
    private static final int LENGTH_OF_DAY = "yyyy-MM-dd".length();

    private ValueParser() {}

    /** @throws InvalidSearch when the value is null, cannot be stored as text, or is not of the field's type */
    static Object parse(Field field, String value) {
        if (value == null) {
            throw new InvalidSearch(Reason.NULL_VALUE, field.name());
        }
        if (!isStorable(value)) {
            throw new InvalidSearch(Reason.UNSTORABLE_VALUE, field.name(), value);
        }
        return switch (field.type()) {
            case TEXT -> value;
            case TIME -> time(field, value);
        };
    }

    /** The lengths keep out the years with a sign that a formatter takes for {@code uuuu}. */
    private static LocalDateTime time(Field field, String value) {
        try {
            if (value.length() == LENGTH_OF_TIME) {
                return LocalDateTime.parse(value, TIME);
            }
            if (value.length() == LENGTH_OF_DAY) {
                return LocalDate.parse(value, DAY).atStartOfDay();
            }
        } catch (DateTimeException e) {
            // Told below, as for every other length.
        }
        throw new InvalidSearch(Reason.NOT_A_TIME, field.name(), value);
    }

    private static boolean isStorable(String value) {
        return value.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private static DateTimeFormatter strict(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }
}
