package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.PageParams;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/** The largest possible size of a response, which a call acquires before the response is read (docs/adr/0033). */
final class ResponseSize {

    /** A customer with texts of the largest lengths in four-byte code points. */
    private static final int MAX_CUSTOMER_BYTES = 20 << 10;

    /** A group, or the name of a customer, with a name of the largest length in four-byte code points. */
    private static final int MAX_GROUP_BYTES = 1100;

    /** The largest number of entries of a batch, and the shortest entry: {@code {"name":"x"},}. */
    private static final int MAX_ENTRIES = 1000;

    private static final int MIN_ENTRY_BYTES = 13;

    /** The bytes of an item in the response, for calls that answer with more than one. */
    private static final Map<Route, Integer> ITEM_BYTES = Map.of(
            Route.GROUPS, MAX_GROUP_BYTES,
            Route.GROUP_SEARCH, MAX_GROUP_BYTES,
            Route.GROUP_MEMBERS, MAX_GROUP_BYTES,
            Route.CUSTOMERS, MAX_CUSTOMER_BYTES,
            Route.CUSTOMER_SEARCH, MAX_CUSTOMER_BYTES);

    private ResponseSize() {}

    /**
     * The largest size in bytes; 0 for a call that answers with one item or a failure.
     *
     * @param bodyLength the length of the body of the request; a batch answers with an item for each entry
     */
    static long max(HttpServerRequest request, long bodyLength) {
        List<Route> routes = Route.of(request.path());
        int itemBytes = routes.isEmpty() ? 0 : ITEM_BYTES.getOrDefault(routes.get(0), 0);
        return itemBytes == 0 ? 0 : itemBytes * items(request, routes.get(0), bodyLength);
    }

    private static long items(HttpServerRequest request, Route route, long bodyLength) {
        boolean isRead = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return isRead || route == Route.GROUP_SEARCH || route == Route.CUSTOMER_SEARCH
                ? limit(request)
                : Math.min(MAX_ENTRIES, bodyLength / MIN_ENTRY_BYTES);
    }

    private static int limit(HttpServerRequest request) {
        try {
            return PageParams.range(request.query()).limit();
        } catch (ApiException malformed) {
            // The resource refuses it.
            return 0;
        }
    }
}
