package backoffice.envelope;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;

/**
 * The query parameters {@code offset} and {@code limit} of lists and searches (docs/api.md, section 1.5). They are read
 * from the query itself, because the framework drops empty values and ignores the letter case of names.
 */
public class PageParams {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;

    @Context
    HttpServerRequest request;

    /** @throws ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out of its range */
    public PageRange range() {
        return range(request.query());
    }

    public static PageRange range(String query) {
        QueryParameters parameters = new QueryParameters(query);
        return new PageRange(
                parameters.number("offset", 0, 0, Integer.MAX_VALUE),
                parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    }
}
