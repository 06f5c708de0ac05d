package backoffice.envelope;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Factory of the responses of failed calls: envelope, HTTP code and headers (docs/api.md, sections 1.3,
 * 1.4, 1.6 and 8.1).
 *
 * <p>The parameter {@code acceptLanguage} of its methods is the header {@code Accept-Language} of the request, null
 * when it is absent.
 */
@Singleton
public class FailureResponses {

    /** Key of the correlation id in the logging context ({@link MDC}). */
    public static final String CORRELATION_ID = "correlationId";

    private static final Logger LOG = Logger.getLogger(FailureResponses.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Language defaultLanguage;
    private final boolean asHttp200;

    /**
     * Creates the factory.
     *
     * @param defaultLanguage the language of {@code msg} where {@code Accept-Language} prefers neither
     * @param asHttp200 whether failures of the request or its data have HTTP 200 (docs/api.md, section 1.6)
     */
    FailureResponses(
            @ConfigProperty(name = "backoffice.default-language") Language defaultLanguage,
            @ConfigProperty(name = "backoffice.errors-as-http-200") boolean asHttp200) {
        this.defaultLanguage = defaultLanguage;
        this.asHttp200 = asHttp200;
    }

    /**
     * Returns the response to a failure: its status for an {@link ApiException}, 1101 to 1103 for those of Quarkus
     * about the bitkey, 1001 for what the framework refuses, and otherwise 5000.
     */
    public Response of(Throwable failure, String acceptLanguage) {
        if (failure instanceof ApiException e) {
            return response(e.status(), sentence(e, Language.of(acceptLanguage, defaultLanguage)));
        } else if (failure instanceof UnauthorizedException) {
            return of(new ApiException(Problem.KEY_MISSING), acceptLanguage);
        } else if (failure instanceof AuthenticationFailedException) {
            return of(new ApiException(Problem.KEY_UNKNOWN), acceptLanguage);
        } else if (failure instanceof ForbiddenException) {
            return of(new ApiException(Problem.KEY_READ_ONLY), acceptLanguage);
        }
        return failure instanceof WebApplicationException e && e.getResponse().getStatus() < Status.FAULT.httpCode()
                ? malformedRequest(acceptLanguage)
                : fault(failure, acceptLanguage);
    }

    /** Returns the {@code msg} of a failure: its location, if it has one, and the message of its problem. */
    public static String sentence(ApiException e, Language language) {
        String message = Messages.text(e.problem(), e.arguments(), language);
        return e.location().equals(Location.BODY) ? message : e.location().text() + ": " + message;
    }

    /**
     * Returns the response to a search that the service does not understand (1002).
     *
     * @param reason the reason; its class and name are the key of the message
     * @param arguments the arguments of the message; none is null
     */
    public Response invalidSearch(Enum<?> reason, List<Object> arguments, String acceptLanguage) {
        return response(
                Status.INVALID_SEARCH, Messages.text(reason, arguments, Language.of(acceptLanguage, defaultLanguage)));
    }

    /** Returns the response to a request that is refused for a reason without a {@link Problem} of its own (1001). */
    public Response malformedRequest(String acceptLanguage) {
        return of(new ApiException(Problem.MALFORMED_REQUEST), acceptLanguage);
    }

    /**
     * Logs an unexpected exception and returns the response to it (5000), whose message has only the correlation id.
     */
    public Response fault(Throwable cause, String acceptLanguage) {
        Object correlationId = MDC.get(CORRELATION_ID);
        LOG.errorf(cause, "Fault %s", correlationId);
        return of(new ApiException(Problem.FAULT, correlationId), acceptLanguage);
    }

    private Response response(Status status, String msg) {
        Response.ResponseBuilder response = Response.status(
                        asHttp200 && status.isOfRequest() ? Status.DONE.httpCode() : status.httpCode())
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .entity(Envelope.failure(status, msg));
        return switch (status) {
            case UNAVAILABLE ->
                response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build();
            case KEY_MISSING, KEY_UNKNOWN ->
                response.header(HttpHeaders.WWW_AUTHENTICATE, "bitkey").build();
            default -> response.build();
        };
    }
}
