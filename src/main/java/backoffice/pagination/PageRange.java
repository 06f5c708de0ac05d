package backoffice.pagination;

import backoffice.envelope.QueryString;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;

/** The range of items of a page: at most {@code limit} from the index {@code offset} on (docs/api.md, section 1.5). */
public record PageRange(int offset, int limit) {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;

    /**
     * The query parameters of a call. JAX-RS does not read them itself, because it drops empty values and ignores the letter
     * case of names.
     */
    public record Parameters(@Context HttpServerRequest request) {

        /**
         * The range that the client asks for.
         *
         * @throws backoffice.envelope.ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out
         *     of its range
         */
        public PageRange range() {
            QueryString parameters = new QueryString(request.query());
            int offset = (int) parameters.number("offset", 0, 0, Integer.MAX_VALUE);
            return new PageRange(offset, (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
        }
    }
}
