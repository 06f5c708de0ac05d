package backoffice.http;

import backoffice.envelope.FailureResponses;
import backoffice.observability.Call;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Failure handler for failures outside JAX-RS, where no exception mapper sees them; it answers with an envelope. */
@Singleton
class UnhandledFailureHandler {

    private static final int FIRST_SERVER_ERROR = 500;

    private final FailureResponses failures;
    private final ObjectMapper json;

    UnhandledFailureHandler(FailureResponses failures, ObjectMapper json) {
        this.failures = failures;
        this.json = json;
    }

    /**
     * Answers a request of the API that failed: 5000 for an exception or a 5xx, otherwise 1001. When the response has
     * begun already, it closes the connection instead.
     */
    void answer(RoutingContext context) {
        if (context.response().headWritten()) {
            context.request().connection().close();
            return;
        }
        String language = context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        boolean fault = context.statusCode() < 0 || context.statusCode() >= FIRST_SERVER_ERROR;
        answer(context, fault ? failures.fault(context.failure(), language) : failures.malformedRequest(language));
    }

    /** Answers a request of the API with the given failure. */
    void answer(RoutingContext context, Response failure) {
        context.response().end(prepareResponse(context, failure));
    }

    /**
     * Answers a request of the API with 1001 and closes the connection, because the next request cannot be found in it.
     */
    void refuseAndClose(RoutingContext context) {
        String language = context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        refuseAndClose(context, prepareResponse(context, failures.malformedRequest(language)));
    }

    /**
     * Answers a request with HTTP 400 and the given body, and closes the connection, because the next request
     * cannot be found in it. The response is written but not ended: at its end, Vert.x would read what it takes
     * for the next request.
     */
    static void refuseAndClose(RoutingContext context, Buffer body) {
        context.response()
                .setStatusCode(HttpResponseStatus.BAD_REQUEST.code())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .write(body)
                .onComplete(written -> context.request().connection().close());
    }

    private Buffer prepareResponse(RoutingContext context, Response failure) {
        Call.recordResponse(context, failure.getEntity());
        context.response().setStatusCode(failure.getStatus());
        failure.getStringHeaders().forEach((name, values) -> context.response().putHeader(name, values));
        return body(failure);
    }

    private Buffer body(Response failure) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(failure.getEntity()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An envelope could not be written as JSON", e);
        }
    }
}
