package backoffice.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The HTTP route of the console {@code /console}, whose files are in {@code META-INF/resources/console}. */
@ApplicationScoped
class ConsoleRoutes {

    private static final String CONSOLE = "/console";
    private static final int BEFORE_STATIC_FILES = -1;

    void register(@Observes Router router) {
        router.route(CONSOLE).order(BEFORE_STATIC_FILES).handler(ConsoleRoutes::addSlash);
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
}
