package backoffice.vendor;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of generated bitkeys: {@code cgk_}, 43 random characters, and a checksum of 6 characters. Secret scanners
 * find a key by {@code cgk_[0-9A-Za-z]{49}}. The checksum tells a mistyped key from a wrong one without a look-up.
 */
public final class BitkeyText {

    private static final String PREFIX = "cgk_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_BITS = 256;
    private static final int RANDOM_CHARACTERS = 43;
    private static final int CHECKSUM_CHARACTERS = 6;
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_CHARACTERS + CHECKSUM_CHARACTERS) + "}");

    private BitkeyText() {}

    public static String generate() {
        String key = PREFIX + digits(new BigInteger(RANDOM_BITS, new SecureRandom()), RANDOM_CHARACTERS);
        return key + checksum(key);
    }

    /** Whether a text begins as a generated key and is none, so that it cannot be one of any vendor. */
    public static boolean isMistyped(String key) {
        if (!key.startsWith(PREFIX)) {
            return false;
        }
        int end = key.length() - CHECKSUM_CHARACTERS;
        return !FORM.matcher(key).matches() || !checksum(key.substring(0, end)).equals(key.substring(end));
    }

    private static String checksum(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECKSUM_CHARACTERS);
    }

    /** A number in base 62, with zeros in front. */
    private static String digits(BigInteger number, int length) {
        StringBuilder text = new StringBuilder();
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        for (BigInteger rest = number; text.length() < length; rest = rest.divide(base)) {
            text.append(DIGITS.charAt(rest.mod(base).intValue()));
        }
        return text.reverse().toString();
    }
}
