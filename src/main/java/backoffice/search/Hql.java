package backoffice.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Clauses of HQL for a search. Their text contains nothing that a client sent.
 *
 * @param parameters the values of the named parameters: text, time, or an array of one of these
 */
public record Hql(Where where, OrderBy orderBy, Effort effort, Map<String, Object> parameters) {

    /**
     * The conditions, each after an {@code and}; empty for none.
     *
     * @param ofRows those on fields of the rows
     * @param ofJoined those on fields of joined rows
     * @param names the names among which the search finds all items; null when it has another condition, or another order
     * @param isSparse whether PostgreSQL is likely to expect more rows than the search finds
     */
    public record Where(String ofRows, String ofJoined, NameRange names, boolean isSparse) {

        public static final Where EVERYTHING = new Where("", "", null, false);

        public boolean isEmpty() {
            return all().isEmpty();
        }

        public String all() {
            return ofRows + ofJoined;
        }

        /** Whether a condition reads a joined row. */
        public boolean readsJoined() {
            return !ofJoined.isEmpty();
        }
    }

    /**
     * A range of names. Whether it contains its ends is in the condition of the search.
     *
     * @param from the parameter with the least name; null for none
     * @param to the parameter with the greatest name, or the least name after all; null for none
     */
    public record NameRange(String from, String to) {}

    /**
     * A total order.
     *
     * @param ofRows the beginning of {@code all}, up to the first field of a joined row; empty when that is the first one
     * @param parts the parts of the result when it is found by the joined rows; empty when it is found by the rows of the
     *     list
     */
    public record OrderBy(String all, String ofRows, List<Part> parts) {}

    /**
     * The rows that refer to a joined row, or those that refer to none. An index returns the rows of each joined row in
     * order. See docs/adr/0013.
     *
     * @param orderWithinJoined the order of the rows of one joined row; null for the rows that refer to none
     */
    public record Part(String orderBy, String orderWithinJoined) {}

    /**
     * What a search costs. See docs/adr/0034.
     *
     * @param isBounded whether a key or a range of names bounds the rows that it reads
     * @param values the number of values that it compares rows with, at least 1
     */
    public record Effort(boolean isBounded, int values) {}

    /** Collector of the named parameters of one statement. */
    static final class Parameters {

        /** The references to the first two parameters of a statement. */
        static final String FIRST = ":p0";

        static final String SECOND = ":p1";

        private static final int MAX_SEPARATE_PATTERNS = 4;

        private final Map<String, Object> values = new LinkedHashMap<>();
        private int separatePatterns;

        /** Binds a value to a new parameter, and returns the reference to it, such as {@code :p0}. */
        String bind(Object value) {
            String name = "p" + values.size();
            values.put(name, value);
            return ":" + name;
        }

        /**
         * Whether some more patterns become conditions of their own. Few patterns of a statement do, so that an index serves each
         * prefix, and clients do not decide on the length of the statement. See docs/adr/0012.
         */
        boolean admitsPatterns(int more) {
            if (separatePatterns + more > MAX_SEPARATE_PATTERNS) {
                return false;
            }
            separatePatterns += more;
            return true;
        }

        Map<String, Object> values() {
            return Collections.unmodifiableMap(values);
        }
    }
}
