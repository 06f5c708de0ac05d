package backoffice.console;

import static backoffice.http.Route.BASE_PATH;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The HTTP routes of the console and of the documents of the API, which are static files, and their ports (docs/api.md,
 * section 9.1). One file of the console is not static: it has the zone of the service, in which the console shows times.
 *
 * <p>On the management port they have the API beside them, because Swagger UI and the console call it from the browser.
 * Otherwise, they would need its address, and the API would have to allow calls from other origins. The management port
 * has the API only then.
 */
@ApplicationScoped
class DocsAndConsoleRoutes {

    /** No slash follows the first segment, because an encoded slash leads to the files too. */
    private static final String CONSOLE = "/(console|_static|_importmap).*";

    private static final String DOCUMENTS = "/q/(openapi|swagger-ui).*";

    /** Vert.x remembers the paths of 10,000 files that do not exist, so none of them is long. */
    private static final String NO_DOCUMENT = "/q/swagger-ui.{64,}";

    private static final int BEFORE_STATIC_FILES = -2;
    private static final String PUBLIC = "public";
    private static final String MANAGEMENT = "management";
    private static final String ON_MANAGEMENT = DocsAndConsoleRoutes.class.getName();

    private final Map<String, String> places;
    private final String zone;
    private Router api;

    DocsAndConsoleRoutes(Config config, @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        this.zone = nameInBrowser(zone);
        this.places = Map.of(CONSOLE, place(config, "backoffice.console"), DOCUMENTS, place(config, "backoffice.docs"));
    }

    /** Browsers do not know all names that Java has for a zone with one offset, such as {@code Z} and {@code UTC+08:00}. */
    static String nameInBrowser(ZoneId zone) {
        ZoneId name = zone.normalized();
        return name.equals(ZoneOffset.UTC) ? "UTC" : name.getId();
    }

    private static String place(Config config, String setting) {
        String value = config.getValue(setting, String.class);
        String place = value.equalsIgnoreCase("true") ? PUBLIC : value.toLowerCase(Locale.ROOT);
        if (!List.of(PUBLIC, MANAGEMENT, "false").contains(place)) {
            throw new ConfigurationException(
                    "%s is %s; accepted: public, management, false.".formatted(setting, value));
        }
        return place;
    }

    void register(@Observes Router router) {
        api = router;
        places.forEach((paths, place) -> {
            if (!place.equals(PUBLIC)) {
                router.routeWithRegex(paths)
                        .order(BEFORE_STATIC_FILES)
                        .handler(DocsAndConsoleRoutes::refuseUnlessOnManagement);
            }
        });
        router.routeWithRegex(NO_DOCUMENT).order(BEFORE_STATIC_FILES).handler(DocsAndConsoleRoutes::refuse);
        router.routeWithRegex("/console").order(BEFORE_STATIC_FILES + 1).handler(DocsAndConsoleRoutes::addSlash);
        router.get("/console/zone.js").order(BEFORE_STATIC_FILES + 1).handler(this::sendZone);
    }

    /** Quarkus fires this event after that of the router of the API. */
    void registerManagement(@Observes ManagementInterface management) {
        if (places.containsValue(MANAGEMENT)) {
            Pattern paths = Pattern.compile(places.keySet().stream()
                    .filter(path -> places.get(path).equals(MANAGEMENT))
                    .collect(Collectors.joining("|", "", "|(" + BASE_PATH + "|/backoffice)(/.*)?")));
            // A router takes requests of another one only from a route without a path or with a constant one.
            management.router().route().handler(context -> {
                if (paths.matcher(context.normalizedPath()).matches()) {
                    context.put(ON_MANAGEMENT, true);
                    api.handleContext(context);
                } else {
                    context.next();
                }
            });
        }
    }

    private void sendZone(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript")
                .end("export const zone = '" + zone + "';\n");
    }

    private static void refuse(RoutingContext context) {
        context.response().setStatusCode(404).end();
    }

    private static void refuseUnlessOnManagement(RoutingContext context) {
        if (context.get(ON_MANAGEMENT) == null) {
            refuse(context);
        } else {
            context.next();
        }
    }

    /**
     * Redirects to the path with a slash, to which the addresses in the files are relative. The redirect is relative
     * too, because a proxy may add a prefix to the path.
     */
    private static void addSlash(RoutingContext context) {
        context.response()
                .setStatusCode(308)
                .putHeader(HttpHeaders.LOCATION, "console/")
                .end();
    }
}
