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

/** Puts into the envelope what fails outside JAX-RS, where no exception mapper sees it. */
@Singleton
class UnhandledFailureHandler {

    private static final int FIRST_FAULT = 500;

    private final FailureResponses failures;
    private final ObjectMapper json;

    UnhandledFailureHandler(FailureResponses failures, ObjectMapper json) {
        this.failures = failures;
        this.json = json;
    }

    /** Answers a request of the API that failed. */
    void answer(RoutingContext context) {
        if (context.response().headWritten()) {
            context.request().connection().close();
            return;
        }
        String language = context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        boolean fault = context.statusCode() < 0 || context.statusCode() >= FIRST_FAULT;
        answer(context, fault ? failures.fault(context.failure(), language) : failures.malformedRequest(language));
    }

    /** Answers a request of the API. */
    void answer(RoutingContext context, Response failure) {
        context.response().end(begin(context, failure));
    }

    /** Refuses a request of the API behind which nothing more can be read, and ends its connection. */
    void answerAndHangUp(RoutingContext context) {
        Buffer body =
                begin(context, failures.malformedRequest(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
        hangUp(context, body);
    }

    /**
     * Refuses a request behind which nothing more can be read, and ends its connection. The answer is not ended: Vert.x would
     * begin with what it takes for the next request.
     */
    static void hangUp(RoutingContext context, Buffer body) {
        context.response()
                .setStatusCode(HttpResponseStatus.BAD_REQUEST.code())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .write(body)
                .onComplete(written -> context.request().connection().close());
    }

    private Buffer begin(RoutingContext context, Response failure) {
        Call.answer(context, failure.getEntity());
        context.response().setStatusCode(failure.getStatus());
        failure.getStringHeaders().forEach((name, values) -> context.response().putHeader(name, values));
        return body(failure);
    }

    /** The bytes of an envelope. */
    Buffer body(Response failure) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(failure.getEntity()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An envelope is always JSON", e);
        }
    }
}
