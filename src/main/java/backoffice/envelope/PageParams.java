package backoffice.envelope;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Context;
import java.util.List;

/** Which part of a list a call asks for (contract, section 1); a value that is not accepted is refused, never clamped. */
public class PageParams {

    private static final int MAX_LIMIT = 1000;
    private static final int MAX_DIGITS = 18;

    /** For the query itself, since JAX-RS ignores the case of names, and takes an empty value for none. */
    @Context
    HttpServerRequest request;

    /**
     * Index of the first item, 0…2147483647.
     *
     * @throws ApiException when it was given twice, or as anything but such a number in ASCII digits
     */
    public int offset() {
        return number("offset", 0, 0, Integer.MAX_VALUE);
    }

    /**
     * Number of items, 1…1000.
     *
     * @throws ApiException when it was given twice, or as anything but such a number in ASCII digits
     */
    public int limit() {
        return number("limit", 50, 1, MAX_LIMIT);
    }

    private int number(String name, int whenAbsent, int least, int most) {
        String query = request.query() == null ? "" : request.query();
        List<String> given = new QueryStringDecoder(query, false).parameters().getOrDefault(name, List.of());
        if (given.isEmpty()) {
            return whenAbsent;
        }
        if (given.size() > 1) {
            throw new ApiException(Problem.PAGING_TWICE, name);
        }
        String text = given.get(0);
        long value = isNumber(text) ? Long.parseLong(text) : -1;
        if (value < least || value > most) {
            throw new ApiException(Problem.PAGING_RANGE, name, text, least, most);
        }
        return (int) value;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
