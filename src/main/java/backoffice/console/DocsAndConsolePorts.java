package backoffice.console;

import static backoffice.http.Route.BASE_PATH;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * The ports of the documents of the API and of the console (docs/api.md, section 9.1).
 *
 * <p>On the management port they have the API beside them, because Swagger UI and the console call it from the browser.
 * Otherwise, they would need its address, and the API would have to allow calls from other origins. The management port
 * has the API only then.
 */
@ApplicationScoped
class DocsAndConsolePorts {

    private enum Place {
        API_PORT,
        MANAGEMENT_PORT,
        NOWHERE
    }

    /** No slash follows the first segment, because an encoded slash leads to the files too. */
    private static final String CONSOLE = "/(console|_static|_importmap).*";

    private static final String DOCUMENTS = "/q/(openapi|swagger-ui).*";
    private static final int BEFORE_DOCS_AND_CONSOLE = -2;
    private static final String ON_MANAGEMENT = DocsAndConsolePorts.class.getName();

    private final Map<String, Place> places;
    private Router api;

    DocsAndConsolePorts(Config config) {
        this.places = Map.of(CONSOLE, place(config, "backoffice.console"), DOCUMENTS, place(config, "backoffice.docs"));
    }

    private static Place place(Config config, String setting) {
        String value = config.getValue(setting, String.class);
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "public", "true" -> Place.API_PORT;
            case "management" -> Place.MANAGEMENT_PORT;
            case "false" -> Place.NOWHERE;
            default ->
                throw new ConfigurationException(
                        "%s is %s; accepted: public, management, false.".formatted(setting, value));
        };
    }

    void register(@Observes Router router) {
        api = router;
        places.forEach((paths, place) -> {
            if (place != Place.API_PORT) {
                router.routeWithRegex(paths)
                        .order(BEFORE_DOCS_AND_CONSOLE)
                        .handler(DocsAndConsolePorts::refuseUnlessOnManagement);
            }
        });
    }

    /** Quarkus fires this event after that of the router of the API. */
    void registerManagement(@Observes ManagementInterface management) {
        if (places.containsValue(Place.MANAGEMENT_PORT)) {
            Pattern paths = Pattern.compile(places.entrySet().stream()
                    .filter(entry -> entry.getValue() == Place.MANAGEMENT_PORT)
                    .map(Map.Entry::getKey)
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

    private static void refuseUnlessOnManagement(RoutingContext context) {
        if (context.get(ON_MANAGEMENT) == null) {
            context.response().setStatusCode(404).end();
        } else {
            context.next();
        }
    }
}
