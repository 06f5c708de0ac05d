package backoffice.envelope;

import backoffice.search.InvalidSearch;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns the failures of a call into the envelope: one method a family. */
class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    @ServerExceptionMapper
    Response call(ApiException e, HttpHeaders request) {
        return Failure.of(e, request);
    }

    @ServerExceptionMapper
    Response search(InvalidSearch e, HttpHeaders request) {
        return Failure.of(e, request);
    }

    /** What the framework itself refuses, beyond what has a mapper of its own. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e, HttpHeaders request) {
        return e.getResponse().getStatus() < Status.FAULT.httpCode()
                ? Failure.of(Problem.MALFORMED_REQUEST, request)
                : fault(e, request);
    }

    /** Everything that nobody foresaw: the log tells what it was, the client only where to look. */
    @ServerExceptionMapper
    Response fault(Throwable e, HttpHeaders request) {
        String correlationId = UUID.randomUUID().toString();
        LOG.errorf(e, "Fault %s", correlationId);
        return Failure.of(Problem.FAULT, request, correlationId);
    }
}
