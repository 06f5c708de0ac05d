package backoffice.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collector of the named parameters of one statement. */
final class Parameters {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Binds a value to a new parameter, and returns the reference to it, such as {@code :p0}. */
    String bind(Object value) {
        String name = "p" + values.size();
        values.put(name, value);
        return ":" + name;
    }

    Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
