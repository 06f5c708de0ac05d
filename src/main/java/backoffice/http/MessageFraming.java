package backoffice.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * Check against request smuggling: the end and the host of a request must be unambiguous (RFC 9112, sections
 * 3.2, 5.1 and 6.3).
 *
 * <p>Netty accepts some requests that a proxy in front of the service may read differently. What one of the two reads
 * as a body is the next request to the other.
 */
final class MessageFraming {

    private MessageFraming() {}

    /**
     * Whether the request has a known HTTP version, at most one {@code Host}, no header without a name, and either no
     * {@code Transfer-Encoding} or, in HTTP/1.1, the single value {@code chunked}.
     */
    static boolean isUnambiguous(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        try {
            HttpVersion version = request.version();
            return version != null
                    && (codings.isEmpty()
                            || version == HttpVersion.HTTP_1_1
                                    && codings.size() == 1
                                    && codings.get(0).strip().equalsIgnoreCase("chunked"))
                    && headers.getAll(HttpHeaders.HOST).size() <= 1
                    && !headers.contains("");
        } catch (IllegalStateException unknownVersion) {
            return false;
        }
    }
}
