package backoffice.envelope;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Factory of the responses of failed calls: envelope, HTTP code and headers (docs/api.md, sections 1.3 to 1.6, 8.1). */
@Singleton
public class FailureResponses {

    /** Key of the correlation id in the logging context ({@link MDC}). */
    public static final String CORRELATION_ID = "correlationId";

    private static final Logger LOG = Logger.getLogger(FailureResponses.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Language defaultLanguage;
    private final boolean asHttp200;

    FailureResponses(
            @ConfigProperty(name = "backoffice.default-language") Language defaultLanguage,
            @ConfigProperty(name = "backoffice.errors-as-http-200") boolean asHttp200) {
        this.defaultLanguage = defaultLanguage;
        this.asHttp200 = asHttp200;
    }

    /** What the framework refuses is 1001. An unexpected exception is 5000: it is logged, and the client gets its id alone. */
    public Response of(Throwable failure, String acceptLanguage) {
        ApiException e = translate(failure);
        return response(e.status(), sentence(e, Language.of(acceptLanguage, defaultLanguage)));
    }

    private static ApiException translate(Throwable failure) {
        if (failure instanceof ApiException e) {
            return e;
        } else if (failure.getCause() instanceof ApiException e) {
            // JAX-RS wraps what is thrown while a parameter is converted.
            return e;
        } else if (failure instanceof UnauthorizedException) {
            return new ApiException(Problem.KEY_MISSING);
        } else if (failure instanceof AuthenticationFailedException) {
            return new ApiException(Problem.KEY_UNKNOWN);
        } else if (failure instanceof ForbiddenException) {
            return new ApiException(Problem.KEY_READ_ONLY);
        } else if (failure instanceof WebApplicationException e
                && e.getResponse().getStatus() < Status.FAULT.httpCode()) {
            return new ApiException(Problem.MALFORMED_REQUEST);
        }
        Object correlationId = MDC.get(CORRELATION_ID);
        LOG.errorf(failure, "Fault %s", correlationId);
        return new ApiException(Problem.FAULT, correlationId);
    }

    /** The {@code msg} of a failure: its location, if it has one, and the message of its problem. */
    public static String sentence(ApiException e, Language language) {
        String message = Messages.text(e.problem(), e.arguments(), language);
        return e.location().equals(Location.BODY) ? message : e.location().text() + ": " + message;
    }

    private Response response(Status status, String msg) {
        Response.ResponseBuilder response = Response.status(
                        asHttp200 && status.isOfRequest() ? Status.DONE.httpCode() : status.httpCode())
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .entity(Envelope.failure(status, msg));
        if (status == Status.UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        } else if (status.httpCode() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "bitkey");
        }
        return response.build();
    }
}
