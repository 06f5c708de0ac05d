package backoffice.idempotency;

import backoffice.envelope.ApiException;
import backoffice.value.Call;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestHeader;

/** The header {@code x-bit-req-id} of a call that changes something (docs/api.md, section 7). */
public class IdempotencyHeader {

    /** Declares the header in the signature of a resource. {@link #key} does not read this field, which is null when empty. */
    @RestHeader("x-bit-req-id")
    String value;

    /**
     * The idempotency key of the request; empty when the header is absent.
     *
     * @throws ApiException (1001) when the value is malformed, or when the request has the header twice
     */
    Optional<IdempotencyKey> key() {
        return Call.current().filter(call -> call.idempotencyKey() != null).map(IdempotencyKey::of);
    }
}
