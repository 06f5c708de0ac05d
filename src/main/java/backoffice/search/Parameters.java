package backoffice.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collector of the named parameters of one statement. */
final class Parameters {

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
