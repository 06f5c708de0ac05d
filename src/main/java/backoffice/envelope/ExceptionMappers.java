package backoffice.envelope;

import backoffice.search.InvalidSearch;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns the failures of a call into the envelope: one method a family. */
class ExceptionMappers {

    @ServerExceptionMapper
    Response call(ApiException e, HttpHeaders request) {
        return Failure.of(e, language(request));
    }

    @ServerExceptionMapper
    Response search(InvalidSearch e, HttpHeaders request) {
        return Failure.of(e, language(request));
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e, HttpHeaders request) {
        return e.getResponse().getStatus() < Status.FAULT.httpCode()
                ? Failure.malformedRequest(language(request))
                : Failure.fault(e, language(request));
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e, HttpHeaders request) {
        return Failure.fault(e, language(request));
    }

    private static String language(HttpHeaders request) {
        return request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
