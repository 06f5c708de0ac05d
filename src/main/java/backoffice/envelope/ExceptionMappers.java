package backoffice.envelope;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Exception mappers that answer the failures of a call with an envelope. */
class ExceptionMappers {

    private final FailureResponses failures;

    ExceptionMappers(FailureResponses failures) {
        this.failures = failures;
    }

    @ServerExceptionMapper
    Response apiFailure(ApiException e, HttpHeaders request) {
        return failures.of(e, language(request));
    }

    /** What the framework refuses is 1001, and what fails inside it is 5000. */
    @ServerExceptionMapper
    Response frameworkFailure(WebApplicationException e, HttpHeaders request) {
        return e.getResponse().getStatus() < Status.FAULT.httpCode()
                ? failures.malformedRequest(language(request))
                : failures.fault(e, language(request));
    }

    /** Every other exception is a fault of the service (5000). */
    @ServerExceptionMapper
    Response unexpectedFailure(Throwable e, HttpHeaders request) {
        return failures.fault(e, language(request));
    }

    private static String language(HttpHeaders request) {
        return request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
