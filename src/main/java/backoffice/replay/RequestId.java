package backoffice.replay;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.transport.RequestFacts;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id under which a client sends a request, and may send it again (contract, section 7).
 *
 * @param value 1…128 visible ASCII characters
 * @param fingerprint a digest of method, path as sent and body: two requests of one id are the same when it is
 */
record RequestId(String value, byte[] fingerprint) {

    private static final String HEADER = "x-bit-req-id";
    private static final Pattern LEGAL = Pattern.compile("[!-~]{1,128}");

    /**
     * The id of a request, if it has one.
     *
     * @throws ApiException (1001) when the header is not of that form, or is there twice
     */
    static Optional<RequestId> of(RoutingContext context) {
        List<String> values = context.request().headers().getAll(HEADER);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = String.join(",", values);
        if (values.size() > 1 || !LEGAL.matcher(value).matches()) {
            throw new ApiException(Problem.MALFORMED_REQUEST_ID, value);
        }
        return Optional.of(new RequestId(value, fingerprint(RequestFacts.of(context))));
    }

    boolean isSameRequest(byte[] other) {
        return MessageDigest.isEqual(fingerprint, other);
    }

    private static byte[] fingerprint(RequestFacts request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // Neither a method nor a path has a line feed.
            digest.update((request.method() + "\n" + request.path() + "\n").getBytes(StandardCharsets.UTF_8));
            return digest.digest(request.body());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
