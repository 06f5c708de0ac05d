package backoffice.envelope;

import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.http.HttpServerRequest;

/** The range of items of a page: at most {@code limit} from the index {@code offset} on (docs/api.md, section 1.5). */
public record PageRange(int offset, int limit) {

    private static final String KEY = PageRange.class.getName();
    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;

    /**
     * The range that the current call asks for. Its query is read once, and not by JAX-RS, which drops empty values and
     * ignores the letter case of names.
     *
     * @throws ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out of its range
     */
    public static PageRange of(HttpServerRequest request) {
        return ContextLocals.<PageRange>get(KEY).orElseGet(() -> {
            QueryParameters parameters = new QueryParameters(request.query());
            int offset = (int) parameters.number("offset", 0, 0, Integer.MAX_VALUE);
            int limit = (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
            PageRange range = new PageRange(offset, limit);
            ContextLocals.put(KEY, range);
            return range;
        });
    }
}
