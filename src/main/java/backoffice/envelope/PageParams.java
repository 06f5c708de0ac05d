package backoffice.envelope;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The query parameters {@code offset} and {@code limit} of a list call (docs/api.md, section 1.5). An unaccepted value is
 * refused, never clamped.
 *
 * <p>The fields declare the parameters. {@link #range} reads the query itself, because the framework drops empty values
 * and ignores the letter case of names, and the API does neither.
 */
public class PageParams {

    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_DIGITS = 18;

    /** 0…2147483647, default 0. */
    @RestQuery
    List<String> offset;

    /** 1…1000, default 50. */
    @RestQuery
    List<String> limit;

    @Context
    HttpServerRequest request;

    /**
     * The requested page.
     *
     * @throws ApiException (1001) when a parameter is given twice, or is not a number in its range in ASCII digits
     */
    public PageRange range() {
        return range(request.query());
    }

    static PageRange range(String query) {
        Map<String, List<String>> parameters = new QueryStringDecoder(query == null ? "" : query, false).parameters();
        return new PageRange(
                number("offset", parameters, 0, 0, Integer.MAX_VALUE),
                number("limit", parameters, DEFAULT_LIMIT, 1, MAX_LIMIT));
    }

    private static int number(String name, Map<String, List<String>> parameters, int whenAbsent, int min, int max) {
        List<String> given = parameters.getOrDefault(name, List.of());
        if (given.isEmpty()) {
            return whenAbsent;
        }
        if (given.size() > 1) {
            throw new ApiException(Problem.PAGING_TWICE, name);
        }
        String text = given.get(0);
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
