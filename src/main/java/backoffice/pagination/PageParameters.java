package backoffice.pagination;

import backoffice.envelope.QueryParameters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;

/**
 * The query parameters {@code offset} and {@code limit} of a call (docs/api.md, section 1.5). JAX-RS does not read them
 * itself, because it drops empty values and ignores the letter case of names.
 */
public record PageParameters(@Context HttpServerRequest request) {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;

    /**
     * The range that the client asks for.
     *
     * @throws backoffice.envelope.ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out
     *     of its range
     */
    public PageRange range() {
        QueryParameters parameters = new QueryParameters(request.query());
        int offset = (int) parameters.number("offset", 0, 0, Integer.MAX_VALUE);
        return new PageRange(offset, (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    }
}
