package backoffice.http;

import backoffice.bulkhead.MemoryBudget;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.observability.CallLog;
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
 * path is well-formed, and its body has room in the heap.
 */
class AdmissionFilter {

    private final BitkeyRegistry bitkeys;
    private final MemoryBudget memory;

    AdmissionFilter(BitkeyRegistry bitkeys, MemoryBudget memory) {
        this.bitkeys = bitkeys;
        this.memory = memory;
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
        caller.awaitBody();
        String contentLength = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long length = contentLength == null ? 0 : Long.parseLong(contentLength);
        if (length > BodyReader.MAX_BYTES) {
            throw new ApiException(Problem.BODY_TOO_LARGE, BodyReader.MAX_BYTES);
        }
        boolean isChunked = call.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        // The body belongs to the fingerprint of the request. JAX-RS reads none for a call that takes none.
        boolean hasKey = !isRead(call) && caller.idempotencyKey() != null && length > 0;
        return !isGet(call) && (isChunked || hasKey || length > MemoryBudget.SMALL_BODY)
                ? BodyReader.read(memory, call, (int) length)
                        .invoke(request::setEntityStream)
                        .replaceWithVoid()
                : null;
    }
}
