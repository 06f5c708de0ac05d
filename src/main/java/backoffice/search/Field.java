package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.value.StorableText;
import backoffice.value.WallTime;
import java.time.LocalDateTime;

/**
 * Field that {@code querys} may name (docs/api.md, section 6.3).
 *
 * @param name the name in a request, case-sensitive
 * @param path the path in HQL
 * @param nullCheckPath the path in HQL that is null when the field has no value, which may be faster to check than
 *     {@code path}; null when the field always has a value
 * @param sortable whether {@code sorts} may name the field
 * @param bound what bounds the number of rows with the same value
 */
public record Field(String name, String path, Type type, String nullCheckPath, boolean sortable, RowBound bound) {

    /** The member of a condition or sort that names the field. */
    static final Location NAME = Location.BODY.member("name");

    public boolean nullable() {
        return nullCheckPath != null;
    }

    /** Whether the value is in another row, to which the row of the list may refer. */
    boolean isOfJoinedRow() {
        return nullable() && !nullCheckPath.equals(path);
    }

    /** A value that a client sent: a text, or a {@link LocalDateTime} for a time (docs/api.md, section 6.4). */
    Object parse(String value) {
        if (value == null) {
            throw new ApiException(Problem.NULL_VALUE, name);
        }
        if (!StorableText.is(value)) {
            throw new ApiException(Problem.UNSTORABLE_VALUE, name, value);
        }
        return type == Type.TEXT
                ? value
                : WallTime.parse(value).orElseThrow(() -> new ApiException(Problem.NOT_A_TIME, name, value));
    }

    /** Type of the values of a field, which decides on the accepted values and operators. */
    public enum Type {
        TEXT,
        TIME;

        Object[] array(int length) {
            return this == TEXT ? new String[length] : new LocalDateTime[length];
        }
    }
}
