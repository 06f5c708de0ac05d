package backoffice.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The way to the console, whose files are under {@code META-INF/resources/console}: it is at {@code /console}, or, where
 * {@code backoffice.console} is false, nowhere, and neither is the library that it is made with.
 */
@ApplicationScoped
class ConsoleRoutes {

    private static final String CONSOLE = "/console";

    /** Without a slash behind, since files are found by an encoded one too. */
    private static final String ALL = "/(console|_static|_importmap).*";

    private static final int BEFORE_THE_FILES = -1;

    private final boolean on;

    ConsoleRoutes(@ConfigProperty(name = "backoffice.console") boolean on) {
        this.on = on;
    }

    void register(@Observes Router router) {
        if (on) {
            router.route(CONSOLE).order(BEFORE_THE_FILES).handler(ConsoleRoutes::addSlash);
        } else {
            router.routeWithRegex(ALL).order(BEFORE_THE_FILES).handler(ConsoleRoutes::refuse);
        }
    }

    /** Relative, since a proxy may have put something in front of the path; the files find each other by it. */
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
