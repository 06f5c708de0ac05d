package backoffice.http;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import backoffice.idempotency.StoredResponseException;
import backoffice.observability.CallLog;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns the failures of calls into envelopes: those within JAX-RS, and by {@code answer} those outside of it. */
@Singleton
class ExceptionMappers {

    private static final long MIN_AGE_OF_UNAVAILABLE_MILLIS = 900;

    private final FailureResponses failures;
    private final Vertx vertx;

    ExceptionMappers(FailureResponses failures, Vertx vertx) {
        this.failures = failures;
        this.vertx = vertx;
    }

    /** Quarkus has mappers of its own for all but the first of these exceptions. */
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        NotFoundException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        ForbiddenException.class
    })
    Response anyOther(Throwable e, RoutingContext call) {
        return failures.of(e, language(call));
    }

    /** The bytes are those of the first answer, so it is no envelope any more. */
    @ServerExceptionMapper
    Response storedResponse(StoredResponseException stored, RoutingContext call) {
        CallLog.of(call).recordReplay();
        return Response.ok(stored.body(), MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .header("x-bit-req-replayed", "true")
                .build();
    }

    /**
     * A call gets 5001 when it is 0.9 s old (docs/api.md, section 8.3). Otherwise, clients that retry at once would keep
     * the service busy with refusals. See docs/adr/0016.
     */
    @ServerExceptionMapper
    Uni<Response> unavailable(UnavailableException e, RoutingContext call) {
        Uni<Response> response = Uni.createFrom().item(() -> failures.of(e, language(call)));
        long delay = MIN_AGE_OF_UNAVAILABLE_MILLIS - CallLog.of(call).millis();
        return delay <= 0 ? response : waitFor(delay, call).chain(() -> response);
    }

    /** Ends early when the client disconnects, so that nothing holds the call and the requests behind it in memory. */
    private Uni<Void> waitFor(long millis, RoutingContext call) {
        return Uni.createFrom().emitter(wait -> {
            long timer = vertx.setTimer(millis, elapsed -> wait.complete(null));
            CallLog.of(call).end().onComplete(end -> {
                vertx.cancelTimer(timer);
                wait.complete(null);
            });
        });
    }

    private static String language(RoutingContext call) {
        return call.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    }

    void answer(RoutingContext call, Throwable failure) {
        if (failure instanceof UnavailableException e) {
            unavailable(e, call).subscribe().with(response -> answer(call, response));
        } else {
            answer(call, failures.of(failure, language(call)));
        }
    }

    private void answer(RoutingContext call, Response failure) {
        call.response().end(prepareResponse(call, failure));
    }

    /**
     * Answers a call that the router reports as failed: 5000 for an exception or a 5xx, otherwise 1001. When the
     * response has begun already, it closes the connection instead.
     */
    void answerFailed(RoutingContext call) {
        if (call.response().headWritten()) {
            call.request().connection().close();
        } else {
            boolean isFault =
                    call.statusCode() < 0 || call.statusCode() >= HttpResponseStatus.INTERNAL_SERVER_ERROR.code();
            answer(call, isFault ? call.failure() : new ApiException(Problem.MALFORMED_REQUEST));
        }
    }

    /** Answers a call with 1001 and closes the connection, because the next request cannot be found in it. */
    void refuseAndClose(RoutingContext call) {
        Response refusal = failures.of(new ApiException(Problem.MALFORMED_REQUEST), language(call));
        refuseAndClose(call, prepareResponse(call, refusal));
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
        return Json.encodeToBuffer(envelope);
    }
}
