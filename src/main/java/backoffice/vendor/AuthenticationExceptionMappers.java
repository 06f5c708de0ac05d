package backoffice.vendor;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Exception mappers for calls without a valid bitkey: 1101 for a missing one, 1102 for an unknown one, and 1103 for one
 * that may not change data.
 */
class AuthenticationExceptionMappers {

    private final FailureResponses failures;

    AuthenticationExceptionMappers(FailureResponses failures) {
        this.failures = failures;
    }

    @ServerExceptionMapper
    Response missing(UnauthorizedException e, HttpHeaders request) {
        return failures.of(Problem.KEY_MISSING, request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    @ServerExceptionMapper
    Response unknown(AuthenticationFailedException e, HttpHeaders request) {
        return failures.of(e, request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    @ServerExceptionMapper
    Response readOnly(ForbiddenException e, HttpHeaders request) {
        return failures.of(Problem.KEY_READ_ONLY, request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }
}
