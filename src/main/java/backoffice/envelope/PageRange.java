package backoffice.envelope;

import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.http.HttpServerRequest;

/** The range of items of a page: at most {@code limit} from the index {@code offset} on (docs/api.md, section 1.5). */
public record PageRange(int offset, int limit) {

    private static final String KEY = QueryParameters.class.getName();
    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;

    /**
     * The range that the current call asks for. Its query is read once, and not by JAX-RS, which drops empty values and
     * ignores the letter case of names.
     *
     * @throws ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out of its range
     */
    public static PageRange of(HttpServerRequest request) {
        int offset = (int) parameters(request).number("offset", 0, 0, Integer.MAX_VALUE);
        return new PageRange(offset, limit(request));
    }

    /**
     * The limit that the current call asks for, whatever its other parameters are.
     *
     * @throws ApiException (1001) when it is malformed, as in {@link #of}
     */
    public static int limit(HttpServerRequest request) {
        return (int) parameters(request).number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    }

    private static QueryParameters parameters(HttpServerRequest request) {
        return ContextLocals.<QueryParameters>get(KEY).orElseGet(() -> {
            QueryParameters parameters = new QueryParameters(request.query());
            ContextLocals.put(KEY, parameters);
            return parameters;
        });
    }
}
