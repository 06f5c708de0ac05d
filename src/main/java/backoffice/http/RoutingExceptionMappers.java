package backoffice.http;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.SortedSet;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers requests that no resource method takes: an unknown path with 1003, a known path with another method with 1004.
 * The framework looks at one resource class at a time, and a path can belong to two.
 */
class RoutingExceptionMappers {

    private final FailureResponses failures;

    RoutingExceptionMappers(FailureResponses failures) {
        this.failures = failures;
    }

    @ServerExceptionMapper({NotFoundException.class, NotAllowedException.class})
    Response noSuchCall(HttpHeaders headers, RoutingContext context) {
        String language = headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
        OriginalRequest original = OriginalRequest.of(context);
        SortedSet<String> accepted = Route.methodsOf(context.request().path());
        return accepted.isEmpty()
                ? failures.of(Problem.NO_SUCH_PATH, language, original.path())
                : failures.noSuchMethod(original.method(), accepted, language);
    }
}
