package backoffice.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The ends of requests, so that the next request of a connection is found. */
final class MessageFraming {

    private MessageFraming() {}

    /**
     * Whether the end and the host of a request are unambiguous (RFC 9112, sections 3.2, 5.1 and 6.3): it has at most one
     * {@code Host}, no header without a name, and either no {@code Transfer-Encoding} or, in HTTP/1.1, the single value
     * {@code chunked}. Netty accepts more. What a proxy in front of the service then reads as a body would be the next
     * request here, which is request smuggling.
     */
    static boolean isUnambiguous(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        return (codings.isEmpty()
                        || request.version() == HttpVersion.HTTP_1_1
                                && codings.size() == 1
                                && codings.get(0).strip().equalsIgnoreCase("chunked"))
                && headers.getAll(HttpHeaders.HOST).size() <= 1
                && !headers.contains("");
    }

    /**
     * Reads and discards the rest of the body when the call is answered early. Otherwise, the connection could not take
     * its next request. A client that sent {@code Expect: 100-continue} does not send its body any more, so its
     * connection is closed. The answer says so, because a proxy could send the request of another client over this
     * connection. A request without a body also counts as unread until it is read to its end.
     */
    static void discardRestOfBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean mayWithhold = request.headers().contains(HttpHeaders.EXPECT);
        if (mayWithhold) {
            context.addHeadersEndHandler(head -> {
                if (!request.isEnded()) {
                    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                }
            });
        }
        context.addEndHandler(end -> {
            if (!request.isEnded() && mayWithhold) {
                request.connection().close();
            } else if (!request.isEnded()) {
                request.handler(unread -> {}).resume();
            }
        });
    }
}
