package backoffice.envelope;

import io.vertx.core.http.HttpServerRequest;

/** The range of items of a page: at most {@code limit} from the index {@code offset} on (docs/api.md, section 1.5). */
public record PageRange(int offset, int limit) {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;

    /**
     * The range that a request asks for. JAX-RS does not read it, because it drops empty values and ignores the letter case
     * of names.
     *
     * @throws ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out of its range
     */
    public static PageRange of(HttpServerRequest request) {
        QueryParameters parameters = new QueryParameters(request.query());
        int offset = (int) parameters.number("offset", 0, 0, Integer.MAX_VALUE);
        return new PageRange(offset, (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    }
}
