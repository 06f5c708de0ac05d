package backoffice.envelope;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The query parameters {@code offset} and {@code limit} of lists and searches (docs/api.md, section 1.5). A value
 * outside its range is refused and never clamped.
 *
 * <p>The fields only declare the parameters. {@link #range} reads the query itself, because the framework drops empty
 * values and ignores the letter case of names.
 */
public class PageParams {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_DIGITS = 18;

    /** The index of the first item, 0…2147483647; the default is 0. */
    @RestQuery
    List<String> offset;

    /** The number of items, 1…1000; the default is 50. */
    @RestQuery
    List<String> limit;

    @Context
    HttpServerRequest request;

    /**
     * Returns the requested range.
     *
     * @throws ApiException (1001) when a parameter is sent twice, is not 1 to 18 ASCII digits, or is out of its range
     */
    public PageRange range() {
        return range(request.query());
    }

    static PageRange range(String query) {
        return new PageRange(
                number("offset", query, 0, 0, Integer.MAX_VALUE), number("limit", query, DEFAULT_LIMIT, 1, MAX_LIMIT));
    }

    /**
     * Returns a number of a query.
     *
     * @param query null for a request without one
     * @throws ApiException (1001) when the parameter is sent twice, is not 1 to 18 ASCII digits, or is out of the range
     */
    public static int number(String name, String query, int defaultValue, int min, int max) {
        return text(name, query).map(text -> number(name, text, min, max)).orElse(defaultValue);
    }

    /**
     * Returns a parameter of a query; empty when it is absent.
     *
     * @param query null for a request without one
     * @throws ApiException (1001) when the parameter is sent twice
     */
    public static Optional<String> text(String name, String query) {
        List<String> values = query == null
                ? List.of()
                : new QueryStringDecoder(query, false).parameters().getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new ApiException(Problem.PAGING_TWICE, name);
        }
        return values.stream().findFirst();
    }

    private static int number(String name, String text, int min, int max) {
        long value = isNumber(text) ? Long.parseLong(text) : -1;
        if (value < min || value > max) {
            throw new ApiException(Problem.PAGING_RANGE, name, text, min, max);
        }
        return (int) value;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
