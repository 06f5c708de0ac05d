package backoffice.http;

import backoffice.envelope.FailureResponses;
import backoffice.search.InvalidSearchException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps a search that the service does not understand to status 1002 (docs/api.md, section 6). */
class InvalidSearchExceptionMapper {

    private final FailureResponses failures;

    InvalidSearchExceptionMapper(FailureResponses failures) {
        this.failures = failures;
    }

    @ServerExceptionMapper
    Response invalidSearch(InvalidSearchException e, HttpHeaders request) {
        return failures.invalidSearch(e.reason(), e.arguments(), request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }
}
