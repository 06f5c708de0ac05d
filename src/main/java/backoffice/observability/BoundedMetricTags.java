package backoffice.observability;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps out of the metrics what clients make up: each new tag is memory for good, whoever sent it, and a name is nobody's
 * business there. Quarkus' own {@code suppress4xx-errors} does so for most paths, not for methods.
 */
@Singleton
class BoundedMetricTags implements HttpServerMetricsTagsContributor {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    @Override
    public Tags contribute(Context call) {
        Tags tags = METHODS.contains(call.request().method()) ? Tags.empty() : Tags.of("method", "UNKNOWN");
        String passed = call.requestContextLocalData(Call.PASSED_TEMPLATE);
        if (passed != null) {
            return tags.and("uri", passed);
        }
        String path = call.request().path();
        // Quarkus takes such a path for a template: it has removed slashes from it, or none was in front of it.
        return path.contains("//") || !path.startsWith("/") ? tags.and("uri", "NOT_FOUND") : tags;
    }
}
