package backoffice.envelope;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;

/**
 * Which part of a list the request asks for (contract, section 1); a value that is not accepted is refused, never
 * clamped. It reads the query itself, since JAX-RS ignores the case of names, and takes an empty value for none.
 */
@RequestScoped
public class PageParams {

    private static final int MAX_LIMIT = 1000;
    private static final int MAX_DIGITS = 18;

    private final CurrentVertxRequest request;

    PageParams(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * The page asked for: from {@code offset}, 0 when absent, {@code limit} items, 50 when absent.
     *
     * @throws ApiException (1001) when one was given twice, or as anything but a number of its range in ASCII digits
     */
    public PageRange range() {
        return range(request.getCurrent().request().query());
    }

    static PageRange range(String query) {
        QueryStringDecoder parameters = new QueryStringDecoder(query == null ? "" : query, false);
        return new PageRange(
                number(parameters, "offset", 0, 0, Integer.MAX_VALUE), number(parameters, "limit", 50, 1, MAX_LIMIT));
    }

    private static int number(QueryStringDecoder parameters, String name, int whenAbsent, int least, int most) {
        List<String> given = parameters.parameters().getOrDefault(name, List.of());
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
