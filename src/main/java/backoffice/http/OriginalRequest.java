package backoffice.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * A request of the API as the client sent it. {@link RequestNormalizer} records it before it changes
 * the path and headers.
 *
 * @param method the HTTP method
 * @param path the path as sent, without the query
 * @param broken whether the path has broken percent-encoding
 * @param contentType the header {@code Content-Type}, null when it is absent
 * @param body the bytes of the body, empty until it is read
 */
public record OriginalRequest(String method, String path, boolean broken, String contentType, byte[] body) {

    private static final String KEY = OriginalRequest.class.getName();
    private static final byte[] NOT_READ = {};

    static void record(RoutingContext context, boolean broken) {
        HttpServerRequest request = context.request();
        context.put(
                KEY,
                new OriginalRequest(
                        request.method().name(),
                        request.path(),
                        broken,
                        request.getHeader(HttpHeaders.CONTENT_TYPE),
                        NOT_READ));
    }

    static void recordBody(RoutingContext context, byte[] body) {
        OriginalRequest original = of(context);
        context.put(
                KEY, new OriginalRequest(original.method, original.path, original.broken, original.contentType, body));
    }

    /** Returns the recorded request; null for a request outside the API, and before it is recorded. */
    public static OriginalRequest of(RoutingContext context) {
        return context.get(KEY);
    }
}
