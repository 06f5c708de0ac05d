package backoffice.changes;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a change in the feed of its vendor. Its text is the id of the event, and clients store it (docs/api.md,
 * section 10.2).
 *
 * @param era 0 or more; 1 more each time that another database node counts the positions
 * @param position the place of the statement, 0 or more. Its low bits are random, so that it never comes again, also not
 *     in a database that was restored to an earlier point
 * @param index the place of the change within its statement, from 1 on
 */
record ChangeCursor(int era, long position, long index) {

    /** The place before the first change. */
    static final ChangeCursor START = new ChangeCursor(0, 0, 0);

    private static final Comparator<ChangeCursor> ORDER = Comparator.comparingInt(ChangeCursor::era)
            .thenComparingLong(ChangeCursor::position)
            .thenComparingLong(ChangeCursor::index);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,19})-(\\d{1,18})");

    /** @throws ApiException (1001) when the text is not a cursor */
    static ChangeCursor of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new ApiException(Problem.MALFORMED_CURSOR, text);
        }
        try {
            return new ChangeCursor(
                    Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
        } catch (NumberFormatException beyondLong) {
            throw new ApiException(Problem.MALFORMED_CURSOR, text);
        }
    }

    /** Reads the first columns of a row: the era, the position and the index. */
    static ChangeCursor of(Object[] row) {
        return new ChangeCursor((Integer) row[0], (Long) row[1], (Long) row[2]);
    }

    boolean isAfter(ChangeCursor other) {
        return ORDER.compare(this, other) > 0;
    }

    /** The later one of two cursors. */
    ChangeCursor orIfLater(ChangeCursor other) {
        return other.isAfter(this) ? other : this;
    }

    @Override
    public String toString() {
        return era + "-" + position + "-" + index;
    }
}
