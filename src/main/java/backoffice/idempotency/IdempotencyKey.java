package backoffice.idempotency;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Call;
import java.util.regex.Pattern;

/**
 * The idempotency key of a request, with the fingerprint of that request (docs/api.md, section 7).
 *
 * @param value 1…128 visible ASCII characters
 * @param fingerprint as {@link RequestFingerprint#of}
 */
record IdempotencyKey(String value, byte[] fingerprint) {

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
        byte[] fingerprint = call.fingerprint() == null ? RequestFingerprint.of(call, new byte[0]) : call.fingerprint();
        return new IdempotencyKey(value, fingerprint);
    }
}
