package backoffice.transport;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * What a request was before it was normalized.
 *
 * @param path the path as it was sent
 * @param broken whether the path had bad percent-encoding
 * @param contentType the header, null when there was none
 */
record RequestFacts(String path, boolean broken, String contentType) {

    private static final String KEY = RequestFacts.class.getName();

    static void record(RoutingContext context, boolean broken) {
        String contentType = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        context.put(KEY, new RequestFacts(context.request().path(), broken, contentType));
    }

    /** The facts of a request; null when it is seen for the first time, or does not go to the API. */
    static RequestFacts of(RoutingContext context) {
        return context.get(KEY);
    }
}
