package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.json.StrictJsonReader;
import backoffice.protection.LargeBodyLimiter;
import backoffice.protection.LargeResponseLimiter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Filter that admits a call when its path is well-formed, and its body and its answer have room in the heap. */
class AdmissionFilter {

    /** The shortest entry of a batch: {@code {"name":"x"},}. */
    private static final int MIN_ENTRY_BYTES = 13;

    private final LargeBodyLimiter largeBodies;
    private final LargeResponseLimiter largeResponses;

    AdmissionFilter(LargeBodyLimiter largeBodies, LargeResponseLimiter largeResponses) {
        this.largeBodies = largeBodies;
        this.largeResponses = largeResponses;
    }

    /** Runs after the other filters, so that a call that they refuse does not wait for a permit. */
    @ServerRequestFilter(priority = Priorities.USER + 1)
    Uni<Void> admit(ContainerRequestContext request, RoutingContext call) {
        RequestTarget target = call.get(RequestNormalizer.TARGET);
        if (target.broken()) {
            throw new ApiException(Problem.MALFORMED_PATH, target.sent());
        }
        String method = request.getMethod();
        boolean isRead = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        String contentLength = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long length = contentLength == null ? 0 : Long.parseLong(contentLength);
        if (length > LargeBodyLimiter.MAX_BYTES) {
            throw new ApiException(Problem.BODY_TOO_LARGE, LargeBodyLimiter.MAX_BYTES);
        }
        boolean isChunked = !isRead && call.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (isChunked || !isRead && length > LargeBodyLimiter.LARGE_BYTES) {
            // A body waits outside of the heap until there is memory for its answer, if its length is known.
            return memoryForResponse(call, isChunked ? 0 : maxResponse(call, false, length))
                    .chain(() -> largeBodies.read(call, length))
                    .invoke(request::setEntityStream)
                    .chain(body -> memoryForResponse(call, isChunked ? maxResponse(call, false, body.available()) : 0));
        }
        long response = maxResponse(call, isRead, length);
        return response > LargeBodyLimiter.LARGE_BYTES ? largeResponses.acquire(call, response) : null;
    }

    private Uni<Void> memoryForResponse(RoutingContext call, long bytes) {
        return bytes > LargeBodyLimiter.LARGE_BYTES
                ? largeResponses.acquire(call, bytes)
                : Uni.createFrom().voidItem();
    }

    /** The largest possible size of the answer in bytes; 0 for one item. */
    private static long maxResponse(RoutingContext call, boolean isRead, long bodyLength) {
        Route route = call.get(RequestNormalizer.ROUTE);
        if (route.itemBytes() == 0) {
            return 0;
        }
        long items = isRead || route.isSearch()
                ? limit(call)
                : Math.min(StrictJsonReader.MAX_BATCH, bodyLength / MIN_ENTRY_BYTES);
        return items * route.itemBytes();
    }

    private static int limit(RoutingContext call) {
        try {
            return PageRange.of(call.request()).limit();
        } catch (ApiException malformed) {
            // The resource refuses it, after a malformed name.
            return 0;
        }
    }
}
