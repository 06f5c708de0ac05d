package backoffice.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The HTTP routes beside the static files of the console and of Swagger UI (docs/api.md, section 9.1). One file of the
 * console is not static: it has the zone of the service, in which the console shows times.
 */
@ApplicationScoped
class DocsAndConsoleRoutes {

    /** No slash follows the first segment, because an encoded slash leads to the files too. */
    private static final String CONSOLE = "/(console|_static|_importmap).*";

    /** Vert.x remembers the paths of 10,000 files that do not exist, so none of them is long. */
    private static final String NO_DOCUMENT = "/q/swagger-ui.{64,}";

    private static final int BEFORE_STATIC_FILES = -2;

    /** Browsers do not know all names that Java has for a zone with one offset, such as {@code Z} and {@code UTC+08:00}. */
    static String nameInBrowser(ZoneId zone) {
        ZoneId name = zone.normalized();
        return name.equals(ZoneOffset.UTC) ? "UTC" : name.getId();
    }

    void register(
            @Observes Router router,
            @ConfigProperty(name = "backoffice.console") boolean hasConsole,
            @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        router.routeWithRegex(hasConsole ? NO_DOCUMENT : NO_DOCUMENT + "|" + CONSOLE)
                .order(BEFORE_STATIC_FILES)
                .handler(context -> context.response().setStatusCode(404).end());
        // The redirect is relative, as the addresses in the files are, because a proxy may add a prefix to the path.
        router.routeWithRegex("/console")
                .order(BEFORE_STATIC_FILES + 1)
                .handler(context -> context.response()
                        .setStatusCode(308)
                        .putHeader(HttpHeaders.LOCATION, "console/")
                        .end());
        String zoneModule = "export const zone = '" + nameInBrowser(zone) + "';\n";
        router.get("/console/zone.js")
                .order(BEFORE_STATIC_FILES + 1)
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript")
                        .end(zoneModule));
    }
}
