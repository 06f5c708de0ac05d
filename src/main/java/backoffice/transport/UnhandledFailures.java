package backoffice.transport;

import backoffice.envelope.Failure;
import backoffice.operation.Call;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Puts into the envelope what fails outside JAX-RS, where no exception mapper sees it. */
@Singleton
class UnhandledFailures {

    private static final int FIRST_FAULT = 500;

    private final ObjectMapper json;

    UnhandledFailures(ObjectMapper json) {
        this.json = json;
    }

    void answer(RoutingContext context) {
        if (context.response().headWritten()) {
            context.request().connection().close();
            return;
        }
        String language = context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        boolean fault = context.statusCode() < 0 || context.statusCode() >= FIRST_FAULT;
        Response failure = fault ? Failure.fault(context.failure(), language) : Failure.malformedRequest(language);
        Call.answer(context, failure.getEntity());
        context.response().setStatusCode(failure.getStatus());
        failure.getStringHeaders().forEach((name, values) -> context.response().putHeader(name, values));
        try {
            context.response().end(Buffer.buffer(json.writeValueAsBytes(failure.getEntity())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An envelope is always JSON", e);
        }
    }
}
