package backoffice.observability;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Bounds the tags of the HTTP metrics to known methods and path templates (docs/adr/0022). Each new value of a tag
 * takes memory for good, and names of groups and customers must not get into metrics.
 *
 * <p>The setting {@code suppress4xx-errors} of Quarkus covers most paths, but no methods.
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
        String path = call.request().path();
        // Quarkus removes or adds slashes in such a path, and would then take the changed path for a template.
        return path.contains("//") || !path.startsWith("/") ? tags.and("uri", "NOT_FOUND") : tags;
    }
}
