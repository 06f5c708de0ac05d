package backoffice.idempotency;

import backoffice.value.Call;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What two requests with one idempotency key are compared by (docs/api.md, section 7). */
public final class RequestFingerprint {

    private RequestFingerprint() {}

    /** A SHA-256 digest of the method, the path as sent, and the body. Equal digests mean the same request. */
    public static byte[] of(Call call, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // Neither a method nor a path contains a line feed, so the parts cannot run into each other.
            digest.update((call.method() + "\n" + call.path() + "\n").getBytes(StandardCharsets.UTF_8));
            return digest.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM does not support SHA-256", e);
        }
    }
}
