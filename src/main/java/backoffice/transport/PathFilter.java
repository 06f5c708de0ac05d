package backoffice.transport;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses by the path what JAX-RS would let pass. */
class PathFilter {

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
        RequestFacts facts = RequestFacts.of(context);
        if (facts.broken()) {
            throw new ApiException(Problem.MALFORMED_PATH, facts.path());
        }
    }
}
