package backoffice.envelope;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The query parameters {@code offset} and {@code limit} of lists and searches (docs/api.md, section 1.5). The fields
 * declare them. {@link #range} reads the query itself, because the framework drops empty values and ignores the letter case of names.
 */
public class PageParams {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;

    @RestQuery
    List<String> offset;

    @RestQuery
    List<String> limit;

    @Context
    HttpServerRequest request;

    /** @throws ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out of its range */
    public PageRange range() {
        return range(request.query());
    }

    public static PageRange range(String query) {
        QueryParameters parameters = new QueryParameters(query);
        return new PageRange((int) parameters.number("offset", 0, 0, Integer.MAX_VALUE), (int)
                parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
    }
}
