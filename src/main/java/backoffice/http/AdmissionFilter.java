package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.PageRange;
import backoffice.envelope.Problem;
import backoffice.json.StrictJsonReader;
import backoffice.observability.CallLog;
import backoffice.protection.LargeBodyLimiter;
import backoffice.protection.LargeResponseLimiter;
import backoffice.value.Call;
import backoffice.value.Vendor;
import backoffice.vendor.Bitkey;
import backoffice.vendor.BitkeyRegistry;
import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Filters that admit a call: its bitkey is valid and may do what the call does (docs/api.md, sections 2.1 and 2.2), its
 * path is well-formed, and its body and its answer have room in the heap.
 */
class AdmissionFilter {

    /** The shortest entry of a batch: {@code {"name":"x"},}. */
    private static final int MIN_ENTRY_BYTES = 13;

    private final BitkeyRegistry bitkeys;
    private final LargeBodyLimiter largeBodies;
    private final LargeResponseLimiter largeResponses;

    AdmissionFilter(BitkeyRegistry bitkeys, LargeBodyLimiter largeBodies, LargeResponseLimiter largeResponses) {
        this.bitkeys = bitkeys;
        this.largeBodies = largeBodies;
        this.largeResponses = largeResponses;
    }

    /** The vendor of the bitkey in the header {@code bitkey} becomes the caller. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<Void> authenticate(RoutingContext call) {
        String key = call.request().getHeader(BitkeyRegistry.HEADER);
        if (key == null || key.isEmpty()) {
            throw new ApiException(Problem.KEY_MISSING);
        }
        return bitkeys.find(key).map(found -> {
            Bitkey bitkey = found.orElseThrow(
                    () -> new ApiException(Bitkey.isMistyped(key) ? Problem.KEY_MISTYPED : Problem.KEY_UNKNOWN));
            CallLog.of(call).recordCaller(new Vendor(bitkey.vendor()), bitkey.name());
            Span.current().setAttribute("vendor", bitkey.vendor()).setAttribute("bitkey.name", bitkey.name());
            if (bitkey.readOnly() && !isRead(call)) {
                throw new ApiException(Problem.KEY_READ_ONLY);
            }
            return null;
        });
    }

    private static boolean isRead(RoutingContext call) {
        Route route = call.get(RequestNormalizer.ROUTE);
        return isGet(call) || route.isSearch();
    }

    private static boolean isGet(RoutingContext call) {
        return call.request().method() == HttpMethod.GET || call.request().method() == HttpMethod.HEAD;
    }

    /** Runs last, so that a call that is refused does not wait for a permit. */
    @ServerRequestFilter(priority = Priorities.USER + 1)
    Uni<Void> admit(ContainerRequestContext request, RoutingContext call) {
        RequestTarget target = call.get(RequestNormalizer.TARGET);
        if (target.broken()) {
            throw new ApiException(Problem.MALFORMED_PATH, target.sent());
        }
        Call caller = CallLog.of(call);
        String contentLength = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long length = contentLength == null ? 0 : Long.parseLong(contentLength);
        if (length > LargeBodyLimiter.MAX_BYTES) {
            throw new ApiException(Problem.BODY_TOO_LARGE, LargeBodyLimiter.MAX_BYTES);
        }
        boolean isChunked = !isGet(call) && call.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        // The body belongs to the fingerprint of the request. JAX-RS reads none for a call that takes none.
        boolean hasKey = !isRead(call) && caller.idempotencyKey() != null;
        if (isChunked || hasKey && length > 0 || !isGet(call) && length > LargeBodyLimiter.LARGE_BYTES) {
            // A body waits outside of the heap until there is memory for its answer, if its length is known.
            return memoryForResponse(call, isChunked ? 0 : maxResponse(call, length))
                    .chain(() -> largeBodies.read(call, length))
                    .invoke(request::setEntityStream)
                    .chain(body -> memoryForResponse(call, isChunked ? maxResponse(call, body.available()) : 0));
        }
        long response = maxResponse(call, length);
        if (response > LargeBodyLimiter.LARGE_BYTES) {
            return largeResponses.acquire(call, response).invoke(caller::awaitBody);
        }
        caller.awaitBody();
        return null;
    }

    private Uni<Void> memoryForResponse(RoutingContext call, long bytes) {
        return bytes > LargeBodyLimiter.LARGE_BYTES
                ? largeResponses.acquire(call, bytes)
                : Uni.createFrom().voidItem();
    }

    /** The largest possible size of the answer in bytes; 0 for one item. */
    private static long maxResponse(RoutingContext call, long bodyLength) {
        Route route = call.get(RequestNormalizer.ROUTE);
        if (route.itemBytes() == 0) {
            return 0;
        }
        long items = isRead(call) ? limit(call) : Math.min(StrictJsonReader.MAX_BATCH, bodyLength / MIN_ENTRY_BYTES);
        return items * route.itemBytes();
    }

    private static int limit(RoutingContext call) {
        try {
            // Each call refuses or ignores other parameters itself. The history has no offset, for instance.
            return PageRange.limit(call.request());
        } catch (ApiException malformed) {
            // The resource refuses it, after a malformed name.
            return 0;
        }
    }
}
