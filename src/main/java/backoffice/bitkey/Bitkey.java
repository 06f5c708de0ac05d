package backoffice.bitkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A bitkey of a vendor. Its text is known to the client alone. A generated text is {@code cgk_} and 64 random hexadecimal
 * digits.
 *
 * @param name the name under which logs and traces show the key
 * @param expiresAt null for a key that does not expire
 * @param guessable whether the text is known to be too short
 */
public record Bitkey(
        String vendor, String name, Digest digest, boolean readOnly, Instant expiresAt, boolean guessable) {

    private static final String PREFIX = "cgk_";
    private static final int RANDOM_BYTES = 32;
    private static final String DIGEST_PREFIX = "sha256:";
    private static final Pattern DIGEST = Pattern.compile(DIGEST_PREFIX + "\\p{XDigit}{64}");

    private static final Pattern VENDOR = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,63}");

    /** 20 random letters and digits have more than 100 bits. */
    private static final int FEWEST_CHARACTERS = 20;

    /**
     * Reads a key of the configuration.
     *
     * @param text the key as it is, or {@code sha256:} and its digest in 64 hexadecimal digits
     * @throws ConfigurationException when the digest is malformed
     */
    static Bitkey configured(String vendor, String text) {
        boolean isDigest = text.startsWith(DIGEST_PREFIX);
        if (isDigest && !DIGEST.matcher(text).matches()) {
            throw new ConfigurationException(
                    "A bitkey in backoffice.bitkeys.%s is not sha256: and 64 hexadecimal digits.".formatted(vendor));
        }
        Digest digest = isDigest
                ? new Digest(HexFormat.of().parseHex(text.substring(DIGEST_PREFIX.length())))
                : Digest.of(text);
        return new Bitkey(vendor, "configured", digest, false, null, !isDigest && text.length() < FEWEST_CHARACTERS);
    }

    boolean hasExpired() {
        return expiresAt != null && !Instant.now().isBefore(expiresAt);
    }

    /** Whether a text can spell a vendor: up to 64 letters, digits, {@code . _ -}, the first one a letter or a digit. */
    public static boolean isVendorName(String spelling) {
        return VENDOR.matcher(vendorName(spelling)).matches();
    }

    /** The name of a vendor in the database. The name of an environment variable cannot tell {@code -._} apart. */
    public static String vendorName(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[._]", "-");
    }

    /** Generates the text of a new key. */
    public static String generate() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + HexFormat.of().formatHex(random);
    }

    /** The SHA-256 digest of a bitkey. Two digests are compared in constant time. */
    public record Digest(byte[] bytes) {

        static final int LENGTH = 32;

        public static Digest of(String key) {
            return new Digest(Unchecked.supplier(() -> MessageDigest.getInstance("SHA-256"))
                    .get()
                    .digest(key.getBytes(UTF_8)));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Digest digest && MessageDigest.isEqual(bytes, digest.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
