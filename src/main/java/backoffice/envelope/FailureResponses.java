package backoffice.envelope;

import io.quarkus.security.AuthenticationFailedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.SortedSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** The answers of calls that failed, in the client's language, which {@code Accept-Language} tells (null: there is none). */
@Singleton
public class FailureResponses {

    private static final Logger LOG = Logger.getLogger(FailureResponses.class);
    /** What the lines of the log are marked with that were written on behalf of one call. */
    public static final String CORRELATION_ID = "correlationId";

    private static final String RETRY_AFTER_SECONDS = "1";

    private final Language defaultLanguage;
    private final boolean asHttp200;

    /**
     * @param defaultLanguage what is answered where {@code Accept-Language} prefers no other
     * @param asHttp200 whether failures of the request or its data come with HTTP 200
     */
    FailureResponses(
            @ConfigProperty(name = "backoffice.default-language") Language defaultLanguage,
            @ConfigProperty(name = "backoffice.errors-as-http-200") boolean asHttp200) {
        this.defaultLanguage = defaultLanguage;
        this.asHttp200 = asHttp200;
    }

    /** @param arguments what the problem's sentence speaks of */
    public Response of(Problem problem, String acceptLanguage, Object... arguments) {
        return of(new ApiException(problem, arguments), acceptLanguage);
    }

    /** What a call that failed is answered, outside of JAX-RS. */
    public Response of(Throwable failure, String acceptLanguage) {
        if (failure instanceof AuthenticationFailedException) {
            return of(Problem.KEY_UNKNOWN, acceptLanguage);
        }
        return failure instanceof ApiException e ? of(e, acceptLanguage) : fault(failure, acceptLanguage);
    }

    Response of(ApiException e, String acceptLanguage) {
        return answer(e.status(), sentence(e, Language.of(acceptLanguage, defaultLanguage)));
    }

    /** What a failure's {@code msg} is. */
    public static String sentence(ApiException e, Language language) {
        String sentence = Messages.text(e.problem(), e.arguments(), language);
        return e.location().isEmpty() ? sentence : e.location() + ": " + sentence;
    }

    /**
     * The answer of a search that cannot be understood (status 1002).
     *
     * @param reason its class and name are the key of the message
     * @param arguments the arguments of the message
     */
    public Response invalidSearch(Enum<?> reason, List<Object> arguments, String acceptLanguage) {
        return answer(
                Status.INVALID_SEARCH, Messages.text(reason, arguments, Language.of(acceptLanguage, defaultLanguage)));
    }

    /** @param allowed the methods that the path has */
    public Response noSuchMethod(String method, SortedSet<String> allowed, String acceptLanguage) {
        Response answer = of(Problem.NO_SUCH_METHOD, acceptLanguage, method, List.copyOf(allowed));
        return Response.fromResponse(answer).allow(allowed).build();
    }

    /** What HTTP or the framework refuses, in a way that the contract does not name. */
    public Response malformedRequest(String acceptLanguage) {
        return of(Problem.MALFORMED_REQUEST, acceptLanguage);
    }

    /** What nobody foresaw: the log tells what it was, the client only where to look. */
    public Response fault(Throwable cause, String acceptLanguage) {
        Object correlationId = MDC.get(CORRELATION_ID);
        LOG.errorf(cause, "Fault %s", correlationId);
        return of(Problem.FAULT, acceptLanguage, correlationId);
    }

    private Response answer(Status status, String msg) {
        Response.ResponseBuilder answer = Response.status(
                        asHttp200 && status.isOfRequest() ? Status.DONE.httpCode() : status.httpCode())
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
