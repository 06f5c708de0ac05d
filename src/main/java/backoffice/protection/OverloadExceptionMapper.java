package backoffice.protection;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.UnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps a refusal for overload to status 5001 after its {@link OverloadDelay}. */
class OverloadExceptionMapper {

    private final FailureResponses failures;
    private final OverloadDelay delay;

    OverloadExceptionMapper(FailureResponses failures, OverloadDelay delay) {
        this.failures = failures;
        this.delay = delay;
    }

    @ServerExceptionMapper
    Uni<Response> refuse(UnavailableException refusal, HttpHeaders request, RoutingContext call) {
        return delay.await(call)
                .map(delayed -> failures.of(refusal, request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)));
    }
}
