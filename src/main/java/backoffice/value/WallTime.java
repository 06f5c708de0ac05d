package backoffice.value;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * The format of times in requests and responses (docs/api.md, section 5.4): {@code yyyy-MM-dd HH:mm:ss}, with the years
 * 0001 to 9999 and without a zone. In a request, {@code yyyy-MM-dd} means 00:00:00 of that day.
 */
public final class WallTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final int LENGTH = "yyyy-MM-dd HH:mm:ss".length();
    private static final int DATE_LENGTH = "yyyy-MM-dd".length();
    private static final String MIDNIGHT = " 00:00:00";

    private WallTime() {}

    /** Parses a time of a request; empty when the text has another format or names no existing time. */
    public static Optional<LocalDateTime> parse(String text) {
        String time = text.length() == DATE_LENGTH ? text + MIDNIGHT : text;
        // The pattern uuuu accepts signs and more than four digits. The check of the length excludes both.
        if (time.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(time, FORMAT)).filter(parsed -> parsed.getYear() >= 1);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** Formats a time of a response, to the second. */
    public static String format(LocalDateTime time) {
        return time.format(FORMAT);
    }
}
