package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.value.StorableText;
import backoffice.value.WallTime;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Field that {@code querys} may name (docs/api.md, section 6.3).
 *
 * @param name the name in a request, case-sensitive
 * @param path the path in HQL; null of {@link Type#ANY}
 * @param nullCheckPath the path in HQL that is null when the field has no value, which may be faster to check than
 *     {@code path}; null when the field always has a value
 * @param sortable whether {@code sorts} may name the field
 * @param isKey whether few rows have the same value, and an index finds them
 * @param texts the paths in HQL of all texts of the row, one of which is this field; empty when a search does not know them
 */
public record Field(
        String name,
        String path,
        Type type,
        String nullCheckPath,
        boolean sortable,
        boolean isKey,
        List<String> texts) {

    /** The member of a condition or sort that names the field. */
    static final Location NAME = Location.BODY.member("name");

    public boolean nullable() {
        return nullCheckPath != null;
    }

    Field(String name, String path, Type type, String nullCheckPath, boolean sortable, boolean isKey) {
        this(name, path, type, nullCheckPath, sortable, isKey, List.of());
    }

    /** The same field of a row with these texts, if it is one of them. */
    Field among(List<String> texts) {
        return new Field(name, path, type, nullCheckPath, sortable, isKey, texts.contains(path) ? texts : List.of());
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
        return type == Type.TIME
                ? WallTime.parse(value).orElseThrow(() -> new ApiException(Problem.NOT_A_TIME, name, value))
                : value;
    }

    /** Type of the values of a field, which decides on the accepted values and operators. */
    public enum Type {
        TEXT(EnumSet.allOf(Operator.class)),
        TIME(EnumSet.complementOf(EnumSet.of(Operator.LIKE, Operator.NOT_LIKE, Operator.CONTAINS))),
        /** All texts of a row. */
        ANY(EnumSet.of(Operator.CONTAINS));

        private final Set<Operator> operators;

        Type(Set<Operator> operators) {
            this.operators = operators;
        }

        /** The operators that a field of this type accepts. */
        Set<Operator> operators() {
            return operators;
        }

        public boolean accepts(Operator operator) {
            return operators.contains(operator);
        }

        Object[] array(int length) {
            return this == TIME ? new LocalDateTime[length] : new String[length];
        }
    }
}
