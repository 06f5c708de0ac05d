package backoffice.idempotency;

/**
 * The exception that answers a repeated request with its stored response. It is an exception, because a resource
 * returns an {@code Envelope} and the stored response is bytes.
 */
public class StoredResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient byte[] body;

    StoredResponseException(byte[] body) {
        super("a stored response exists for this request", null, false, false);
        this.body = body;
    }

    /** The bytes of the stored envelope. */
    public byte[] body() {
        return body;
    }
}
