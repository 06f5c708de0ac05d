package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.protection.LargeBodyLimiter;
import backoffice.protection.LargeResponseLimiter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Request filters for what JAX-RS would accept, in the order of checks of docs/api.md, section 8.2. */
class RequestFilters {

    private final LargeBodyLimiter largeBodies;
    private final LargeResponseLimiter largeResponses;

    RequestFilters(LargeBodyLimiter largeBodies, LargeResponseLimiter largeResponses) {
        this.largeBodies = largeBodies;
        this.largeResponses = largeResponses;
    }

    /** The framework would answer {@code OPTIONS} itself, but the API has no such method (1004). */
    @ServerRequestFilter(preMatching = true)
    void refuseOptions(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw new NotAllowedException(
                    Response.status(Response.Status.METHOD_NOT_ALLOWED).build());
        }
    }

    /** Broken percent-encoding in the path is 1001 (docs/api.md, section 1.1). */
    @ServerRequestFilter
    void refuseBrokenEncoding(RoutingContext context) {
        OriginalRequest original = OriginalRequest.of(context);
        if (original.broken()) {
            throw new ApiException(Problem.MALFORMED_PATH, original.path());
        }
    }

    /**
     * A body over 1 MiB is 1005 before it is read. {@link LargeBodyLimiter} measures a body without
     * {@code Content-Length} while it reads it.
     */
    @ServerRequestFilter
    void refuseLargeBody(RoutingContext context) {
        if (contentLength(context) > LargeBodyLimiter.MAX_BYTES) {
            throw new ApiException(Problem.BODY_TOO_LARGE, LargeBodyLimiter.MAX_BYTES);
        }
    }

    /** Runs after the other filters, so that a call that they refuse does not wait for a permit. */
    @ServerRequestFilter(priority = Priorities.USER + 1)
    Uni<Response> acquirePermits(ContainerRequestContext request, RoutingContext context) {
        if (request.getMethod().equals(HttpMethod.GET) || request.getMethod().equals(HttpMethod.HEAD)) {
            return acquireResponse(context, 0);
        }
        if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return largeBodies
                    .read(context)
                    .invoke(body -> request.setEntityStream(new ByteArrayInputStream(body)))
                    .chain(body -> acquireResponse(context, body.length));
        }
        long length = contentLength(context);
        return largeBodies.acquire(context, length).chain(permit -> acquireResponse(context, length));
    }

    private Uni<Response> acquireResponse(RoutingContext context, long bodyLength) {
        return largeResponses
                .acquire(context, ResponseSize.max(context.request(), bodyLength))
                .map(permit -> null);
    }

    /** The length in bytes; 0 when the header is absent. */
    private static long contentLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
