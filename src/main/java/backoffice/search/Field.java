package backoffice.search;

import java.time.LocalDateTime;
import java.util.function.IntFunction;

/**
 * Field that {@code querys} may name (docs/api.md, section 6.3).
 *
 * @param name the name in a request, case-sensitive
 * @param path the path in HQL
 * @param type the type of its values
 * @param nullCheckPath the path in HQL that is null when the field has no value, which may be faster to check than
 *     {@code path}; null when the field always has a value
 * @param sortable whether {@code sorts} may name the field
 */
public record Field(String name, String path, Type type, String nullCheckPath, boolean sortable) {

    /** Whether the field may have no value. */
    public boolean nullable() {
        return nullCheckPath != null;
    }

    /** Type of the values of a field, which decides on the accepted values and operators. */
    public enum Type {
        TEXT("text", String[]::new),
        TIME("time", LocalDateTime[]::new);

        private final String text;
        private final IntFunction<Object[]> array;

        Type(String text, IntFunction<Object[]> array) {
            this.text = text;
            this.array = array;
        }

        /** Returns an empty array of the type with the given length. */
        Object[] array(int length) {
            return array.apply(length);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
