package backoffice.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The query parameters of a request, with case-sensitive names (docs/api.md, section 1.5). A {@code ;} belongs to its
 * parameter, as it does in a path.
 */
public final class QueryString {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, List<String>> values;

    /** @param query the query in its normal form (docs/api.md, section 1.1); null for a request without one */
    public QueryString(String query) {
        values = query == null
                ? Map.of()
                : new QueryStringDecoder(query, UTF_8, false, Integer.MAX_VALUE, true).parameters();
    }

    /** @throws ApiException (1001) when the parameter is sent twice, is not 1 to 18 ASCII digits, or is out of the range */
    public long number(String name, long defaultValue, long min, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        long value = NUMBER.matcher(text.get()).matches() ? Long.parseLong(text.get()) : -1;
        if (value < min || value > max) {
            throw new ApiException(Problem.PAGING_RANGE, name, text.get(), min, max);
        }
        return value;
    }

    /** @throws ApiException (1001) when the parameter is sent twice */
    public Optional<String> text(String name) {
        List<String> sent = values.getOrDefault(name, List.of());
        if (sent.size() > 1) {
            throw new ApiException(Problem.PAGING_TWICE, name);
        }
        return sent.stream().findFirst();
    }
}
