package backoffice.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * Whether it is beyond doubt where a request ends and for whom it is (RFC 9112, sections 3.2, 5.1 and 6.3). Netty lets pass
 * some requests that a proxy in front may read otherwise; what the one takes for a body, the other takes for the next request.
 */
final class MessageFraming {

    private MessageFraming() {}

    static boolean isSound(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        return isSupported(request)
                && (codings.isEmpty()
                        || codings.size() == 1
                                && codings.get(0).strip().equalsIgnoreCase("chunked")
                                && request.version() == HttpVersion.HTTP_1_1)
                && headers.getAll(HttpHeaders.HOST).size() <= 1
                && !headers.contains("");
    }

    private static boolean isSupported(HttpServerRequest request) {
        try {
            return request.version() != null;
        } catch (IllegalStateException unknown) {
            return false;
        }
    }
}
