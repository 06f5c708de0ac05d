package backoffice.search;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/** How times stand in requests and answers: {@code yyyy-MM-dd HH:mm:ss}, from the year 0001 to 9999, of no zone. */
public final class WallTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final int LENGTH = "yyyy-MM-dd HH:mm:ss".length();

    private WallTime() {}

    /** The time that a text tells; empty when it tells none. */
    public static Optional<LocalDateTime> parse(String text) {
        // A formatter takes years with a sign, and more digits, for uuuu; the length keeps them out.
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(text, FORMAT)).filter(time -> time.getYear() >= 1);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    public static String format(LocalDateTime time) {
        return time.format(FORMAT);
    }
}
