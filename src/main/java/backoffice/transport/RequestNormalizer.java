package backoffice.transport;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The first to see a request of the API: settles what the framework would judge otherwise than the contract (section
 * 1) does, so that behind it there is one form of a path, and no negotiation of content.
 */
@ApplicationScoped
class RequestNormalizer {

    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    private final String basePath;

    RequestNormalizer(@ConfigProperty(name = "quarkus.rest.path") String basePath) {
        this.basePath = basePath;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).handler(this::normalize);
    }

    private void normalize(RoutingContext context) {
        HttpServerRequest request = context.request();
        RequestTarget target = RequestTarget.of(request.path());
        if (!target.isUnder(basePath)) {
            context.next();
            return;
        }
        RequestFacts.record(context, target.broken());
        request.headers().remove(HttpHeaders.ACCEPT).set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        // Nothing answers at the base path itself, so what goes there ends as an unknown path.
        String path = target.hasEmptySegment() ? basePath : target.path();
        String query = request.query() == null ? null : RequestTarget.query(request.query());
        if (path.equals(request.path()) && (query == null || query.equals(request.query()))) {
            context.next();
        } else {
            context.reroute(query == null ? path : path + "?" + query);
        }
    }
}
