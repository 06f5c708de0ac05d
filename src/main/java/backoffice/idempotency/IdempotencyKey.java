package backoffice.idempotency;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Call;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * The idempotency key of a request, with the fingerprint of that request (docs/api.md, section 7).
 *
 * @param value 1…128 visible ASCII characters
 * @param fingerprint as {@link #fingerprint(Call, byte[])}
 */
public record IdempotencyKey(String value, byte[] fingerprint) {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,128}");

    /**
     * The key of a call with the header {@code x-bit-req-id}.
     *
     * @throws ApiException (1001) when the value is not 1…128 visible ASCII characters, or when the call has the header twice
     */
    static IdempotencyKey of(Call call) {
        String value = call.idempotencyKey();
        if (!VISIBLE_ASCII.matcher(value).matches()) {
            throw new ApiException(Problem.MALFORMED_IDEMPOTENCY_KEY, value);
        }
        return new IdempotencyKey(
                value, call.fingerprint() == null ? fingerprint(call, new byte[0]) : call.fingerprint());
    }

    /** A SHA-256 digest of the method, the path as sent, and the body. Equal digests mean the same request. */
    public static byte[] fingerprint(Call call, byte[] body) {
        MessageDigest digest =
                Unchecked.supplier(() -> MessageDigest.getInstance("SHA-256")).get();
        // Neither a method nor a path contains a line feed, so the parts cannot run into each other.
        digest.update((call.method() + "\n" + call.path() + "\n").getBytes(StandardCharsets.UTF_8));
        return digest.digest(body);
    }
}
