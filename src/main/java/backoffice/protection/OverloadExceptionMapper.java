package backoffice.protection;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.UnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns a refusal for overload into the envelope, after its delay. */
class OverloadExceptionMapper {

    private final FailureResponses failures;
    private final OverloadDelay delay;

    OverloadExceptionMapper(FailureResponses failures, OverloadDelay delay) {
        this.failures = failures;
        this.delay = delay;
    }

    @ServerExceptionMapper
    Uni<Response> refuse(UnavailableException refusal, HttpHeaders request, RoutingContext call) {
        return delay.of(call).map(over -> failures.of(refusal, request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
    }
}
