package backoffice.value;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * How times stand in requests and answers: {@code yyyy-MM-dd HH:mm:ss}, from the year 0001 to 9999, of no zone. In a request,
 * {@code yyyy-MM-dd} is the day's midnight.
 */
public final class WallTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final int LENGTH = "yyyy-MM-dd HH:mm:ss".length();
    private static final int LENGTH_OF_DAY = "yyyy-MM-dd".length();
    private static final String MIDNIGHT = " 00:00:00";

    private WallTime() {}

    /** The time that a text tells; empty when it tells none. */
    public static Optional<LocalDateTime> parse(String text) {
        String time = text.length() == LENGTH_OF_DAY ? text + MIDNIGHT : text;
        // A formatter takes years with a sign, and more digits, for uuuu; the length keeps them out.
        if (time.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(time, FORMAT)).filter(parsed -> parsed.getYear() >= 1);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    public static String format(LocalDateTime time) {
        return time.format(FORMAT);
    }
}
