package backoffice.vendor;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of generated bitkeys: {@code cgk_}, 43 random characters (256 bits), and a checksum of 6 characters. The
 * checksum tells a mistyped key from a wrong one without a look-up.
 */
public final class BitkeyText {

    private static final String PREFIX = "cgk_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARACTERS = 43;
    private static final int CHECKSUM_CHARACTERS = 6;
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_CHARACTERS + CHECKSUM_CHARACTERS) + "}");

    private BitkeyText() {}

    public static String generate() {
        String key = new SecureRandom()
                .ints(RANDOM_CHARACTERS, 0, DIGITS.length())
                .mapToObj(digit -> DIGITS.substring(digit, digit + 1))
                .collect(joining("", PREFIX, ""));
        return key + checksum(key);
    }

    /** Whether a text begins as a generated key and is none, so that it cannot be one of any vendor. */
    public static boolean isMistyped(String key) {
        int end = PREFIX.length() + RANDOM_CHARACTERS;
        return key.startsWith(PREFIX)
                && (!FORM.matcher(key).matches()
                        || !checksum(key.substring(0, end)).equals(key.substring(end)));
    }

    /** The CRC-32 in base 62, with zeros in front. */
    private static String checksum(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder();
        for (long rest = crc.getValue(); text.length() < CHECKSUM_CHARACTERS; rest /= DIGITS.length()) {
            text.append(DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return text.reverse().toString();
    }
}
