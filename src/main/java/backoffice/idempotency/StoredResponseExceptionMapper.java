package backoffice.idempotency;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The exception mapper that answers a repeated request with the bytes of its stored response. */
class StoredResponseExceptionMapper {

    @ServerExceptionMapper
    Response storedResponse(StoredResponseException stored) {
        return Response.ok(stored.body(), MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .header("x-bit-req-replayed", "true")
                .build();
    }
}
