package backoffice.idempotency;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.http.OriginalRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestHeader;

/**
 * The header {@code x-bit-req-id} of a call that changes something (docs/api.md, section 7).
 *
 * <p>The field declares the header. {@link #key} reads it from the request, because the framework drops empty values.
 */
public class IdempotencyHeader {

    private static final String NAME = "x-bit-req-id";

    @RestHeader(NAME)
    String value;

    @Context
    RoutingContext request;

    /**
     * The idempotency key of the request; empty when the header is absent.
     *
     * @throws ApiException (1001) when the value is malformed, or when the request has the header twice
     */
    Optional<IdempotencyKey> key() {
        List<String> values = request.request().headers().getAll(NAME);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw new ApiException(Problem.MALFORMED_IDEMPOTENCY_KEY, String.join(",", values));
        }
        return Optional.of(IdempotencyKey.of(values.get(0), OriginalRequest.of(request)));
    }
}
