package backoffice.vendor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 digest of a bitkey. Two digests are compared in constant time. */
public record BitkeyDigest(byte[] bytes) {

    public static BitkeyDigest of(String key) {
        try {
            return new BitkeyDigest(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM does not support SHA-256", e);
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
        return "sha256:…";
    }
}
