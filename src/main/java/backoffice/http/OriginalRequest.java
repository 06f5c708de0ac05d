package backoffice.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * What a request was before it was normalized and read.
 *
 * @param method the method
 * @param path the path as it was sent
 * @param broken whether the path had bad percent-encoding
 * @param contentType the header, null when there was none
 * @param body the bytes of the body, empty as long as it was not read
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
        OriginalRequest facts = of(context);
        context.put(KEY, new OriginalRequest(facts.method, facts.path, facts.broken, facts.contentType, body));
    }

    /** The facts of a request; null when it is seen for the first time, or does not go to the API. */
    public static OriginalRequest of(RoutingContext context) {
        return context.get(KEY);
    }
}
