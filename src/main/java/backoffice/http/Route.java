package backoffice.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Table of the calls that this service serves, by path template (docs/api.md, sections 4.1 and 5.1). When several
 * templates match a path, the first one with the method counts.
 */
public enum Route {
    GROUPS("/customer_groups", "GET", "HEAD", "POST"),
    GROUP_SEARCH("/customer_groups/data", "POST"),
    GROUP("/customer_groups/{name}", "GET", "HEAD", "PATCH", "POST", "DELETE"),
    GROUP_MEMBERS("/customer_groups/{name}/customers", "GET", "HEAD", "POST", "DELETE"),
    CUSTOMERS("/customers", "GET", "HEAD", "POST", "PATCH"),
    CUSTOMER_SEARCH("/customers/data", "POST"),
    CUSTOMER("/customers/{name}", "GET", "HEAD", "DELETE"),
    /** The hosted API serves the serial numbers of a customer, and this service does not: with any method, 1003. */
    SERIAL_NUMBERS("/customers/{name}/sns"),
    CUSTOMER_IN_GROUP("/customers/{groupName}/{name}", "GET", "HEAD", "DELETE"),
    HISTORY("/backoffice/history", "GET", "HEAD"),
    BITKEY("/backoffice/key", "GET", "HEAD");

    /** The path of the API; {@code quarkus.rest.path} has the same value. */
    public static final String BASE_PATH = "/bitanswer/api";

    private static final List<Route> ALL = List.of(values());

    /** More segments than a template has. The rest of a longer path stays one segment. */
    private static final int MAX_SEGMENTS = 8;

    private final String template;
    private final List<String> methods;
    private final String[] segments;

    Route(String template, String... methods) {
        this.template = template;
        this.methods = List.of(methods);
        this.segments = (BASE_PATH + template).split("/");
    }

    String template() {
        return template;
    }

    boolean isSearch() {
        return this == GROUP_SEARCH || this == CUSTOMER_SEARCH;
    }

    /** The first of these routes with an HTTP method; null without one. OPTIONS is in the log only. */
    static Route find(List<Route> routes, String method) {
        for (Route route : routes) {
            if (method.equals("OPTIONS") || route.methods.contains(method)) {
                return route;
            }
        }
        return null;
    }

    /** The routes of a path, in the order of this table; empty when this service does not serve the path. */
    static List<Route> of(String path) {
        String[] segments = path.split("/", MAX_SEGMENTS);
        List<Route> routes = new ArrayList<>(2);
        for (Route route : ALL) {
            if (matches(route.segments, segments)) {
                routes.add(route);
            }
        }
        return routes.contains(SERIAL_NUMBERS) ? List.of() : routes;
    }

    private static boolean matches(String[] template, String[] path) {
        boolean matches = template.length == path.length;
        for (int i = 0; matches && i < path.length; i++) {
            matches = template[i].startsWith("{") ? !path[i].isEmpty() : template[i].equals(path[i]);
        }
        return matches;
    }

    /** The HTTP methods of a path with these routes, in alphabetical order. */
    static List<String> methodsOf(List<Route> routes) {
        return routes.stream()
                .flatMap(route -> route.methods.stream())
                .distinct()
                .sorted()
                .toList();
    }
}
