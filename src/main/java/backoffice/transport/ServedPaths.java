package backoffice.transport;

import static backoffice.transport.RestApplication.BASE_PATH;

import java.util.Locale;
import java.util.regex.Pattern;

/** The paths of the calls that are served here (contract, sections 4 and 5). */
final class ServedPaths {

    /** {@code /customers/x/sns} are the serial numbers of a customer, which the hosted API has and this service has not. */
    private static final Pattern SERVED =
            Pattern.compile(BASE_PATH + "/(customer_groups(/[^/]+(/customers)?)?|customers(/[^/]+(/(?!sns$)[^/]+)?)?)");

    private static final Pattern MATRIX_PARAMETERS = Pattern.compile("%3b[^/]*");
    private static final Pattern SLASHES = Pattern.compile("(/|%2f|%5c)+");

    private ServedPaths() {}

    /** Whether it is the path of a call, whatever the method. */
    static boolean contains(RequestTarget target) {
        return !target.hasEmptySegment() && SERVED.matcher(target.path()).matches();
    }

    /**
     * Whether another server may take it for the path of such a call: one that ignores letter case or matrix parameters, or
     * decodes slashes before it looks at segments.
     */
    static boolean mayContain(RequestTarget target) {
        String path = MATRIX_PARAMETERS
                .matcher(target.path().toLowerCase(Locale.ROOT))
                .replaceAll("");
        path = SLASHES.matcher(path).replaceAll("/");
        return path.contains("/.") || SERVED.matcher(path.replaceAll("/$", "")).matches();
    }
}
