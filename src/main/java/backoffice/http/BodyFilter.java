package backoffice.http;

import backoffice.bulkhead.MemoryBudget;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.observability.CallLog;
import backoffice.value.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Filter of what a call sends: its path is well-formed, and its body has room in the heap. */
class BodyFilter {

    private final MemoryBudget memory;

    BodyFilter(MemoryBudget memory) {
        this.memory = memory;
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
        boolean hasKey = !RequestNormalizer.isRead(call) && caller.idempotencyKey() != null && length > 0;
        return !RequestNormalizer.isGet(call) && (isChunked || hasKey || length > MemoryBudget.SMALL_BODY)
                ? BodyReader.read(memory, call, (int) length)
                        .invoke(request::setEntityStream)
                        .replaceWithVoid()
                : null;
    }
}
