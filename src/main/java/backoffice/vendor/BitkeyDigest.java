package backoffice.vendor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The SHA-256 digest of a bitkey. Two digests are compared in constant time.
 *
 * @param bytes 32 bytes
 */
public record BitkeyDigest(byte[] bytes) {

    private static final String PREFIX = "sha256:";
    private static final int BYTES = 32;

    /** The digest of the text of a key. */
    public static BitkeyDigest of(String key) {
        try {
            return new BitkeyDigest(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM does not support SHA-256", e);
        }
    }

    /**
     * The digest of a key as it is configured: the key itself, or {@code sha256:} and its digest in 64 hexadecimal
     * digits. Empty when the digits are malformed.
     */
    static Optional<BitkeyDigest> ofConfigured(String key) {
        if (!key.startsWith(PREFIX)) {
            return Optional.of(of(key));
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(key.substring(PREFIX.length()));
            return Optional.of(bytes).filter(b -> b.length == BYTES).map(BitkeyDigest::new);
        } catch (IllegalArgumentException notHexadecimal) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitkeyDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** Does not show the digest, so that it does not reach a log. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
