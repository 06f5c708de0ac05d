package backoffice.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The HTTP routes of the console {@code /console}, whose files are in {@code META-INF/resources/console}. When
 * {@code backoffice.console} is false, the paths of the console and of its library answer 404. See docs/adr/0025.
 */
@ApplicationScoped
class ConsoleRoutes {

    private static final String CONSOLE = "/console";

    /** No slash follows the first segment, because an encoded slash leads to the files too. */
    private static final String ALL_PATHS = "/(console|_static|_importmap).*";

    private static final int BEFORE_STATIC_FILES = -1;

    private final boolean enabled;

    ConsoleRoutes(@ConfigProperty(name = "backoffice.console") boolean enabled) {
        this.enabled = enabled;
    }

    void register(@Observes Router router) {
        if (enabled) {
            router.route(CONSOLE).order(BEFORE_STATIC_FILES).handler(ConsoleRoutes::addSlash);
        } else {
            router.routeWithRegex(ALL_PATHS).order(BEFORE_STATIC_FILES).handler(ConsoleRoutes::refuse);
        }
    }

    /**
     * Redirects to the path with a slash, to which the addresses in the files are relative. The redirect is relative
     * too, because a proxy may add a prefix to the path.
     */
    private static void addSlash(RoutingContext context) {
        if (context.normalizedPath().endsWith("/")) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, "console/")
                    .end();
        }
    }

    private static void refuse(RoutingContext context) {
        context.response().setStatusCode(404).end();
    }
}
