package backoffice.search;

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
        TEXT("text"),
        TIME("time");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
