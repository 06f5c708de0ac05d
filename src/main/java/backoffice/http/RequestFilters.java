package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.protection.LargeBodyLimiter;
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

/** Refuses what JAX-RS would let pass, each at its place in the order of checks (contract, section 8). */
class RequestFilters {

    private final LargeBodyLimiter largeBodies;

    RequestFilters(LargeBodyLimiter largeBodies) {
        this.largeBodies = largeBodies;
    }

    /** The framework answers OPTIONS by itself; the contract has no such call. */
    @ServerRequestFilter(preMatching = true)
    void refuseOptions(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw new NotAllowedException(
                    Response.status(Response.Status.METHOD_NOT_ALLOWED).build());
        }
    }

    @ServerRequestFilter
    void refuseBrokenEncoding(RoutingContext context) {
        OriginalRequest facts = OriginalRequest.of(context);
        if (facts.broken()) {
            throw new ApiException(Problem.MALFORMED_PATH, facts.path());
        }
    }

    /** Before anything of it is read; a body that does not tell its length is measured while it comes. */
    @ServerRequestFilter
    void refuseLargeBody(RoutingContext context) {
        if (contentLength(context) > LargeBodyLimiter.MAX_BYTES) {
            throw new ApiException(Problem.BODY_TOO_LARGE, LargeBodyLimiter.MAX_BYTES);
        }
    }

    /** After the others: a call that is refused anyway does not wait for a turn. */
    @ServerRequestFilter(priority = Priorities.USER + 1)
    Uni<Response> awaitTurn(ContainerRequestContext request, RoutingContext context) {
        if (request.getMethod().equals(HttpMethod.GET) || request.getMethod().equals(HttpMethod.HEAD)) {
            return Uni.createFrom().nullItem();
        }
        if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return largeBodies
                    .read(context)
                    .invoke(body -> request.setEntityStream(new ByteArrayInputStream(body)))
                    .map(body -> null);
        }
        return largeBodies.turn(context, contentLength(context)).map(turn -> null);
    }

    /** Zero where the header is absent. */
    private static long contentLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
