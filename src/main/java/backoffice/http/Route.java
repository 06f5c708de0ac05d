package backoffice.http;

import static backoffice.http.RestApplication.BASE_PATH;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The calls that this service serves, by path template (docs/api.md, sections 4 and 5). The first match wins. */
enum Route {
    GROUPS("/customer_groups", "GET", "POST"),
    GROUP_SEARCH("/customer_groups/data", "POST"),
    GROUP("/customer_groups/{name}", "GET", "PATCH", "POST", "DELETE"),
    GROUP_MEMBERS("/customer_groups/{name}/customers", "GET", "POST", "DELETE"),
    CUSTOMERS("/customers", "GET", "POST", "PATCH"),
    CUSTOMER_SEARCH("/customers/data", "POST"),
    CUSTOMER("/customers/{name}", "GET", "DELETE"),
    CUSTOMER_IN_GROUP("/customers/{groupName}/{name}", "GET", "DELETE");

    /** The serial numbers of a customer. The hosted API has them, this service does not. */
    private static final Pattern SERIAL_NUMBERS = Pattern.compile(BASE_PATH + "/customers/[^/]+/sns");

    private static final Pattern MATRIX_PARAMETERS = Pattern.compile("%3b[^/]*");
    private static final Pattern SLASHES = Pattern.compile("(/|%2f|%5c)+");

    private final String template;
    private final List<String> methods;
    private final Pattern pattern;

    Route(String template, String... methods) {
        this.template = template;
        this.methods = List.of(methods);
        this.pattern = Pattern.compile(BASE_PATH + template.replaceAll("\\{\\w+}", "[^/]+"));
    }

    /** The path below the base path, with names in braces, such as {@code /customer_groups/{name}}. */
    String template() {
        return template;
    }

    /** The HTTP methods of the call, without HEAD. */
    List<String> methods() {
        return methods;
    }

    /** Whether a path is served here, with some method. */
    static boolean serves(RequestTarget target) {
        return !target.hasEmptySegment() && matching(target.path()).findAny().isPresent();
    }

    /**
     * Whether another server may read the path as one that is served here: a server that ignores letter case or matrix
     * parameters, or that decodes slashes before it splits the path.
     */
    static boolean mayServe(RequestTarget target) {
        String path = MATRIX_PARAMETERS
                .matcher(target.path().toLowerCase(Locale.ROOT))
                .replaceAll("");
        path = SLASHES.matcher(path).replaceAll("/").replaceAll("/$", "");
        return path.contains("/.") || matching(path).findAny().isPresent();
    }

    /** The methods that a path accepts, HEAD included; empty when the path is not served here. */
    static SortedSet<String> methodsOf(String path) {
        SortedSet<String> accepted = new TreeSet<>();
        matching(path).forEach(route -> accepted.addAll(route.methods));
        if (accepted.contains("GET")) {
            accepted.add("HEAD");
        }
        return Collections.unmodifiableSortedSet(accepted);
    }

    /** The route of a request; empty when no call has that path and method. OPTIONS belongs to the first route of the path. */
    static Optional<Route> of(String method, String path) {
        String served = method.equals("HEAD") ? "GET" : method;
        return matching(path)
                .filter(route -> route.methods.contains(served) || served.equals("OPTIONS"))
                .findFirst();
    }

    private static Stream<Route> matching(String path) {
        return SERIAL_NUMBERS.matcher(path).matches()
                ? Stream.empty()
                : Stream.of(values())
                        .filter(route -> route.pattern.matcher(path).matches());
    }
}
