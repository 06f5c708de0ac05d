package backoffice.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Table of the calls that this service serves, by path template (docs/api.md, sections 4.1 and 5.1). When several
 * templates match a path, the first one with the method counts.
 */
public enum Route {
    GROUPS("/customer_groups", "GET", "HEAD", "POST"),
    GROUP_SEARCH("/customer_groups/data", "POST"),
    GROUP("/customer_groups/{name}", "GET", "HEAD", "PATCH", "POST", "DELETE"),
    GROUP_MEMBERS("/customer_groups/{name}/customers", "GET", "HEAD", "POST", "DELETE"),
    CUSTOMERS("/customers", "GET", "HEAD", "POST", "PATCH", "DELETE"),
    CUSTOMER_SEARCH("/customers/data", "POST"),
    CUSTOMER("/customers/{name}", "GET", "HEAD", "DELETE"),
    CUSTOMER_IN_GROUP("/customers/{groupName}/{name}", "GET", "HEAD", "DELETE"),
    HISTORY("/backoffice/history", "GET", "HEAD"),
    BITKEY("/backoffice/key", "GET", "HEAD");

    /** The path of the API; {@code quarkus.rest.path} has the same value. */
    public static final String BASE_PATH = "/bitanswer/api";

    /** The hosted API serves the serial numbers of a customer, and this service does not: with any method, 1003. */
    private static final String NO_SERIAL_NUMBERS = "(?!/customers/[^/]++/sns$)";

    private static final List<Route> ALL = List.of(values());

    private final String template;
    private final List<String> methods;
    private final Pattern pattern;

    Route(String template, String... methods) {
        this.template = template;
        this.methods = List.of(methods);
        this.pattern = Pattern.compile(BASE_PATH + NO_SERIAL_NUMBERS + template.replaceAll("\\{\\w+}", "[^/]++"));
    }

    String template() {
        return template;
    }

    /** The first route with a path and an HTTP method; null without one. The history is an option. */
    static Route find(String path, String method, boolean hasHistory) {
        for (Route route : ALL) {
            if (route.methods.contains(method) && route.serves(path, hasHistory)) {
                return route;
            }
        }
        return null;
    }

    /** The HTTP methods of a path, in alphabetical order; empty when this service does not serve the path. */
    static List<String> methods(String path, boolean hasHistory) {
        return ALL.stream()
                .filter(route -> route.serves(path, hasHistory))
                .flatMap(route -> route.methods.stream())
                .distinct()
                .sorted()
                .toList();
    }

    private boolean serves(String path, boolean hasHistory) {
        return pattern.matcher(path).matches() && (this != HISTORY || hasHistory);
    }
}
