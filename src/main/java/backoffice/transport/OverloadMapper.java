package backoffice.transport;

import backoffice.envelope.Failures;
import backoffice.envelope.UnavailableException;
import backoffice.operation.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Holds a refusal for overload back until the call is about as old as {@code Retry-After} says. Clients that send again at once
 * would else keep the service so busy with refusals that hardly a call is served. Calls of others are not held back, those
 * on the same connection of a proxy included.
 */
class OverloadMapper {

    private static final long MILLIS_OF_REFUSAL = 900;

    private final Failures failures;
    private final Vertx vertx;

    OverloadMapper(Failures failures, Vertx vertx) {
        this.failures = failures;
        this.vertx = vertx;
    }

    @ServerExceptionMapper
    Uni<Response> refuse(UnavailableException refusal, HttpHeaders request, RoutingContext call) {
        Response answer = failures.of(refusal, request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
        long left = MILLIS_OF_REFUSAL - Call.of(call).millis();
        return left <= 0
                ? Uni.createFrom().item(answer)
                : Uni.createFrom().emitter(held -> vertx.setTimer(left, over -> held.complete(answer)));
    }
}
