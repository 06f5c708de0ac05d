package backoffice.value;

import io.smallrye.common.vertx.ContextLocals;
import java.util.Optional;

/**
 * A call of the API: what its client sent, and who it is. The edge makes the record, and replaces it when it knows more.
 *
 * @param name the method and the path template; {@code unknown} when no call has that path and method
 * @param method the HTTP method
 * @param path the path as sent, without the query
 * @param idempotencyKey the header {@code x-bit-req-id}, several of them with commas in between; null without one
 * @param correlationId the id in the log lines of the call and in its answer
 * @param vendor the vendor of the bitkey; null before the bitkey is checked
 * @param bitkeyName the name of the bitkey, and never its text; null before the bitkey is checked
 * @param body the bytes of the body; empty before it is read
 */
public record Call(
        String name,
        String method,
        String path,
        String idempotencyKey,
        String correlationId,
        Vendor vendor,
        String bitkeyName,
        byte[] body) {

    private static final String KEY = Call.class.getName();

    /** Creates a call of which neither the bitkey nor the body is known. */
    public Call(String name, String method, String path, String idempotencyKey, String correlationId) {
        this(name, method, path, idempotencyKey, correlationId, null, null, new byte[0]);
    }

    /** The call that this Vert.x context works for; empty in a command. */
    public static Optional<Call> current() {
        return ContextLocals.get(KEY);
    }

    /** Makes this the call that this Vert.x context works for. */
    public Call makeCurrent() {
        ContextLocals.put(KEY, this);
        return this;
    }

    /** This call with the bitkey of its client. */
    public Call by(Vendor caller, String bitkey) {
        return new Call(name, method, path, idempotencyKey, correlationId, caller, bitkey, body);
    }

    /** This call with the bytes of its body. */
    public Call withBody(byte[] bytes) {
        return new Call(name, method, path, idempotencyKey, correlationId, vendor, bitkeyName, bytes);
    }
}
