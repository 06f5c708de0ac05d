package backoffice.envelope;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns the failures of a call into the envelope: one method a family. */
class ExceptionMappers {

    private final FailureResponses failures;

    ExceptionMappers(FailureResponses failures) {
        this.failures = failures;
    }

    @ServerExceptionMapper
    Response call(ApiException e, HttpHeaders request) {
        return failures.of(e, language(request));
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e, HttpHeaders request) {
        return e.getResponse().getStatus() < Status.FAULT.httpCode()
                ? failures.malformedRequest(language(request))
                : failures.fault(e, language(request));
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e, HttpHeaders request) {
        return failures.fault(e, language(request));
    }

    private static String language(HttpHeaders request) {
        return request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
