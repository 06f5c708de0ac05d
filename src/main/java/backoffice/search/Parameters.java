package backoffice.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The named parameters of one statement in the making. */
final class Parameters {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Binds a value to a new name and returns the reference to write into the HQL. */
    String bind(Object value) {
        String name = "p" + values.size();
        values.put(name, value);
        return ":" + name;
    }

    Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
