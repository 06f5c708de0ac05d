package backoffice.http;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.UnavailableException;
import backoffice.idempotency.StoredResponseException;
import backoffice.observability.CallLog;
import backoffice.search.InvalidSearchException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The exception mappers of all calls. {@link FailureAnswers} answers what fails outside of JAX-RS. */
class ExceptionMappers {

    private final FailureResponses failures;
    private final FailureAnswers answers;

    ExceptionMappers(FailureResponses failures, FailureAnswers answers) {
        this.failures = failures;
        this.answers = answers;
    }

    @ServerExceptionMapper
    Response anyOther(Throwable e, RoutingContext call) {
        return failures.of(e, FailureAnswers.language(call));
    }

    /** Quarkus has mappers of its own for these exceptions. */
    @ServerExceptionMapper({
        WebApplicationException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        ForbiddenException.class
    })
    Response refusal(Throwable e, RoutingContext call) {
        return failures.of(e, FailureAnswers.language(call));
    }

    @ServerExceptionMapper
    Uni<Response> unavailable(UnavailableException e, RoutingContext call) {
        return answers.responseTo(e, call);
    }

    @ServerExceptionMapper
    Response invalidSearch(InvalidSearchException e, RoutingContext call) {
        return failures.invalidSearch(e.reason(), e.arguments(), FailureAnswers.language(call));
    }

    /** The bytes are those of the first answer, so it is no envelope any more. */
    @ServerExceptionMapper
    Response storedResponse(StoredResponseException stored, RoutingContext call) {
        CallLog.of(call).recordReplay();
        return Response.ok(stored.body(), MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .header("x-bit-req-replayed", "true")
                .build();
    }
}
