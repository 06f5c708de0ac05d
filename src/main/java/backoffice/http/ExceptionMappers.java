package backoffice.http;

import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Language;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns the failures of calls into envelopes, with their HTTP code and headers (docs/api.md, sections 1.3 to 1.6, 8.1):
 * those within JAX-RS by its mappers, and by {@code answer} those outside of it.
 */
@Singleton
class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);
    private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8");
    private static final long MIN_AGE_OF_UNAVAILABLE_MILLIS = 900;

    private final Language defaultLanguage;
    private final boolean asHttp200;

    ExceptionMappers(
            @ConfigProperty(name = "backoffice.default-language") Language defaultLanguage,
            @ConfigProperty(name = "backoffice.errors-as-http-200") boolean asHttp200) {
        this.defaultLanguage = defaultLanguage;
        this.asHttp200 = asHttp200;
    }

    /**
     * A call gets 5001 when it is 0.9 s old (docs/api.md, section 8.3). Otherwise, clients that retry at once would keep
     * the service busy with refusals. See docs/adr/0016.
     */
    @ServerExceptionMapper
    Uni<Response> refused(ApiException e, RoutingContext context) {
        Call call = Call.current().orElseThrow();
        Uni<Response> response = Uni.createFrom().item(() -> response(e, context));
        long delay = MIN_AGE_OF_UNAVAILABLE_MILLIS - call.millis();
        if (e.status() != Status.UNAVAILABLE || delay <= 0 || call.end().isComplete()) {
            return response;
        }
        Timer timer = context.vertx().timer(delay, TimeUnit.MILLISECONDS);
        // When the client disconnects, nothing holds the call and the requests behind it in memory.
        call.end().onComplete(end -> timer.cancel());
        return UniHelper.toUni(timer).onFailure().recoverWithNull().chain(() -> response);
    }

    /** Quarkus has mappers of its own for all but the first of these exceptions. */
    @ServerExceptionMapper({Throwable.class, WebApplicationException.class, NotFoundException.class})
    Response response(Throwable failure, RoutingContext context) {
        ApiException e = translate(failure);
        Status status = e.status();
        if (e.problem() == Problem.VENDOR_AT_SHARE) {
            Call.current().orElseThrow().recordVendorAtShare();
        }
        Language language = Language.of(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE), defaultLanguage);
        Response.ResponseBuilder response = Response.status(
                        asHttp200 && status.isOfRequest() ? Status.DONE.httpCode() : status.httpCode())
                .type(JSON)
                .entity(Envelope.failure(status, language.sentence(e)));
        if (status == Status.UNAVAILABLE) {
            response.header("Retry-After", "1");
        } else if (status.httpCode() == HttpResponseStatus.UNAUTHORIZED.code()) {
            response.header("WWW-Authenticate", "bitkey");
        }
        return response.build();
    }

    /** What the framework refuses is 1001. An unexpected exception is 5000: it is logged, and the client gets its id alone. */
    private static ApiException translate(Throwable failure) {
        if (failure instanceof ApiException e) {
            return e;
        } else if (failure.getCause() instanceof ApiException e) {
            // JAX-RS wraps what is thrown while a parameter is converted.
            return e;
        } else if (failure instanceof WebApplicationException e
                && e.getResponse().getStatus() < Status.FAULT.httpCode()) {
            return new ApiException(Problem.MALFORMED_REQUEST);
        }
        String correlationId = Call.current().orElseThrow().correlationId();
        LOG.errorf(failure, "Fault %s", correlationId);
        return new ApiException(Problem.FAULT, correlationId);
    }

    /**
     * Answers a call that has failed outside of JAX-RS: 5000 for an exception or a 5xx, otherwise 1001. When the response has
     * begun already, it closes the connection instead.
     */
    void answer(RoutingContext context) {
        if (context.response().headWritten()) {
            context.request().connection().close();
            return;
        }
        boolean isFault =
                context.statusCode() < 0 || context.statusCode() >= HttpResponseStatus.INTERNAL_SERVER_ERROR.code();
        Response response =
                response(isFault ? context.failure() : new ApiException(Problem.MALFORMED_REQUEST), context);
        Envelope<?> envelope = (Envelope<?>) response.getEntity();
        Call.current().orElseThrow().recordAnswer(envelope);
        response.getStringHeaders().forEach((name, values) -> context.response().putHeader(name, values));
        end(context, response.getStatus(), Json.encodeToBuffer(envelope));
    }

    static void end(RoutingContext context, int code, Buffer body) {
        HttpServerResponse response = context.response().setStatusCode(code);
        if (RequestNormalizer.isUnambiguous(context.request())) {
            response.end(body);
        } else {
            // The next request cannot be found in the connection. At the end of the response, Vert.x would read one.
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .write(body)
                    .onComplete(written -> context.request().connection().close());
        }
    }
}
