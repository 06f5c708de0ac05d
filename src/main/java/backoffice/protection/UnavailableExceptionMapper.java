package backoffice.protection;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.UnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps an {@link UnavailableException} to status 5001 after its {@link OverloadDelay}. */
class UnavailableExceptionMapper {

    private final FailureResponses failures;
    private final OverloadDelay delay;

    UnavailableExceptionMapper(FailureResponses failures, OverloadDelay delay) {
        this.failures = failures;
        this.delay = delay;
    }

    @ServerExceptionMapper
    Uni<Response> refuse(UnavailableException refusal, HttpHeaders request, RoutingContext call) {
        return delay.await(call)
                .map(delayed -> failures.of(refusal, request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
    }
}
