package backoffice.http;

import static backoffice.http.RestApplication.BASE_PATH;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Table of the calls that this service serves, by path template (docs/api.md, sections 4.1 and 5.1). When several
 * templates match a path, the first one counts.
 */
enum Route {
    GROUPS("/customer_groups", "GET", "POST"),
    GROUP_SEARCH("/customer_groups/data", "POST"),
    GROUP("/customer_groups/{name}", "GET", "PATCH", "POST", "DELETE"),
    GROUP_MEMBERS("/customer_groups/{name}/customers", "GET", "POST", "DELETE"),
    CUSTOMERS("/customers", "GET", "POST", "PATCH"),
    CUSTOMER_SEARCH("/customers/data", "POST"),
    CUSTOMER("/customers/{name}", "GET", "DELETE"),
    CUSTOMER_IN_GROUP("/customers/{groupName}/{name}", "GET", "DELETE");

    /** Paths of the serial numbers of a customer. The hosted API serves them, and this service does not. */
    private static final String[] SERIAL_NUMBERS = segments("/customers/{name}/sns");

    /** More segments than a template has. The rest of a longer path stays one segment. */
    private static final int MAX_SEGMENTS = 8;

    private final String template;
    private final List<String> methods;
    private final String[] segments;

    Route(String template, String... methods) {
        this.template = template;
        this.methods = List.of(methods);
        this.segments = segments(template);
    }

    /** The path below the base path with names in braces, such as {@code /customer_groups/{name}}. */
    String template() {
        return template;
    }

    /** The HTTP methods of the call, without HEAD. */
    List<String> methods() {
        return methods;
    }

    /** Whether the call has the HTTP method. HEAD counts as GET, and each path has OPTIONS. */
    boolean accepts(String method) {
        return methods.contains(method.equals("HEAD") ? "GET" : method) || method.equals("OPTIONS");
    }

    /** The routes of a path, in the order of this table; empty when this service does not serve the path. */
    static List<Route> of(String path) {
        String[] segments = path.split("/", MAX_SEGMENTS);
        return matches(SERIAL_NUMBERS, segments)
                ? List.of()
                : Stream.of(values())
                        .filter(route -> matches(route.segments, segments))
                        .toList();
    }

    private static String[] segments(String template) {
        return (BASE_PATH + template).split("/");
    }

    private static boolean matches(String[] template, String[] path) {
        return template.length == path.length
                && IntStream.range(0, path.length)
                        .allMatch(i -> template[i].startsWith("{") ? !path[i].isEmpty() : template[i].equals(path[i]));
    }

    /** The HTTP methods of a path, HEAD included; empty when this service does not serve the path. */
    static SortedSet<String> methodsOf(String path) {
        SortedSet<String> accepted = new TreeSet<>();
        of(path).forEach(route -> accepted.addAll(route.methods));
        if (accepted.contains("GET")) {
            accepted.add("HEAD");
        }
        return Collections.unmodifiableSortedSet(accepted);
    }
}
