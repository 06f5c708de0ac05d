package backoffice.search;

/**
 * A field that clients may search by.
 *
 * @param name the client's name of it, case-sensitive
 * @param path its path in HQL
 * @param type what it holds
 * @param nullable whether it may have no value
 * @param sortable whether {@code sorts} may name it
 */
public record Field(String name, String path, Type type, boolean nullable, boolean sortable) {

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
