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
 * Maps requests that match no resource method: an unknown path to 1003, an unknown method of a known path to 1004.
 *
 * <p>{@link Route} decides between the two. The framework looks at one resource class at a time, and two classes can
 * have methods for the same path.
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
