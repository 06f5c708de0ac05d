package backoffice.http;

import backoffice.envelope.Envelope;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.UnavailableException;
import backoffice.observability.CallLog;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Answers with an envelope what fails outside of JAX-RS, where no exception mapper sees it. */
@Singleton
class FailureAnswers {

    private static final int FIRST_SERVER_ERROR = 500;
    private static final long MIN_AGE_OF_UNAVAILABLE_MILLIS = 900;

    private final FailureResponses failures;
    private final ObjectMapper json;
    private final Vertx vertx;

    FailureAnswers(FailureResponses failures, ObjectMapper json, Vertx vertx) {
        this.failures = failures;
        this.json = json;
        this.vertx = vertx;
    }

    static String language(RoutingContext call) {
        return call.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    }

    /**
     * Returns the response to a failure; one to 5001 when the call is 0.9 s old (docs/api.md, section 8.3). Otherwise,
     * clients that retry at once would keep the service busy with refusals. See docs/adr/0016.
     */
    Uni<Response> responseTo(Throwable failure, RoutingContext call) {
        Uni<Response> response = Uni.createFrom().item(() -> failures.of(failure, language(call)));
        long delay = MIN_AGE_OF_UNAVAILABLE_MILLIS - CallLog.of(call).millis();
        return failure instanceof UnavailableException && delay > 0
                ? UniHelper.toUni(vertx.timer(delay)).chain(() -> response)
                : response;
    }

    /** Answers a call with a failure. */
    void answer(RoutingContext call, Throwable failure) {
        responseTo(failure, call).subscribe().with(response -> answer(call, response));
    }

    /** Answers a call with the response to a failure. */
    void answer(RoutingContext call, Response failure) {
        call.response().end(prepareResponse(call, failure));
    }

    /**
     * Answers a call that the router reports as failed: 5000 for an exception or a 5xx, otherwise 1001. When the
     * response has begun already, it closes the connection instead.
     */
    void answerFailed(RoutingContext call) {
        if (call.response().headWritten()) {
            call.request().connection().close();
            return;
        }
        boolean fault = call.statusCode() < 0 || call.statusCode() >= FIRST_SERVER_ERROR;
        answer(
                call,
                fault ? failures.fault(call.failure(), language(call)) : failures.malformedRequest(language(call)));
    }

    /** Answers a call with 1001 and closes the connection, because the next request cannot be found in it. */
    void refuseAndClose(RoutingContext call) {
        refuseAndClose(call, prepareResponse(call, failures.malformedRequest(language(call))));
    }

    /**
     * Answers a request with HTTP 400 and the given body, and closes the connection. The response is written but not
     * ended: at its end, Vert.x would read what it takes for the next request.
     */
    static void refuseAndClose(RoutingContext context, Buffer body) {
        context.response()
                .setStatusCode(HttpResponseStatus.BAD_REQUEST.code())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .write(body)
                .onComplete(written -> context.request().connection().close());
    }

    private Buffer prepareResponse(RoutingContext call, Response failure) {
        Envelope<?> envelope = (Envelope<?>) failure.getEntity();
        CallLog.of(call).recordAnswer(envelope);
        call.response().setStatusCode(failure.getStatus());
        failure.getStringHeaders().forEach((name, values) -> call.response().putHeader(name, values));
        try {
            return Buffer.buffer(json.writeValueAsBytes(envelope));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An envelope could not be written as JSON", e);
        }
    }
}
