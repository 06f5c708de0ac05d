package backoffice.envelope;

import backoffice.search.InvalidSearch;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.SortedSet;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** The answers of calls that failed, in the client's language, which {@code Accept-Language} tells (null: there is none). */
public final class Failure {

    private static final Logger LOG = Logger.getLogger(Failure.class);
    /** What the lines of the log are marked with that were written on behalf of one call. */
    public static final String CORRELATION_ID = "correlationId";

    private static final String RETRY_AFTER_SECONDS = "1";

    private Failure() {}

    /** @param arguments what the problem's sentence speaks of */
    public static Response of(Problem problem, String language, Object... arguments) {
        return of(new ApiException(problem, arguments), language);
    }

    static Response of(ApiException e, String language) {
        return answer(e.status(), sentence(e, language));
    }

    /** What a failure's {@code msg} is. */
    public static String sentence(ApiException e, String language) {
        String sentence = Messages.text(e.problem(), e.arguments(), language);
        return e.location().isEmpty() ? sentence : e.location() + ": " + sentence;
    }

    static Response of(InvalidSearch e, String language) {
        return answer(Status.INVALID_SEARCH, Messages.text(e.reason(), e.arguments(), language));
    }

    /** @param allowed the methods that the path has */
    public static Response noSuchMethod(String method, SortedSet<String> allowed, String language) {
        Response answer = of(Problem.NO_SUCH_METHOD, language, method, List.copyOf(allowed));
        return Response.fromResponse(answer).allow(allowed).build();
    }

    /** What HTTP or the framework refuses, in a way that the contract does not name. */
    public static Response malformedRequest(String language) {
        return of(Problem.MALFORMED_REQUEST, language);
    }

    /** What nobody foresaw: the log tells what it was, the client only where to look. */
    public static Response fault(Throwable cause, String language) {
        Object correlationId = MDC.get(CORRELATION_ID);
        LOG.errorf(cause, "Fault %s", correlationId);
        return of(Problem.FAULT, language, correlationId);
    }

    private static Response answer(Status status, String msg) {
        Response.ResponseBuilder answer = Response.status(status.httpCode())
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .entity(Envelope.failure(status, msg));
        return switch (status) {
            case UNAVAILABLE ->
                answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build();
            case KEY_MISSING, KEY_UNKNOWN ->
                answer.header(HttpHeaders.WWW_AUTHENTICATE, "bitkey").build();
            default -> answer.build();
        };
    }
}
