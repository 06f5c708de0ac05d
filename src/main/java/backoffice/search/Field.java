package backoffice.search;

import java.time.LocalDateTime;
import java.util.function.IntFunction;

/**
 * A field that clients may search by.
 *
 * @param name the client's name of it, case-sensitive
 * @param path its path in HQL
 * @param type what it holds
 * @param absence what is null in HQL when the field has no value, found faster than by the path itself; null when it
 *     always has one
 * @param sortable whether {@code sorts} may name it
 */
public record Field(String name, String path, Type type, String absence, boolean sortable) {

    /** Whether it may have no value. */
    public boolean nullable() {
        return absence != null;
    }

    /** What a field holds, and so which values and operators go with it. */
    public enum Type {
        TEXT("text", String[]::new),
        TIME("time", LocalDateTime[]::new);

        private final String text;
        private final IntFunction<Object[]> array;

        Type(String text, IntFunction<Object[]> array) {
            this.text = text;
            this.array = array;
        }

        /** An array for so many values. */
        Object[] array(int length) {
            return array.apply(length);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
