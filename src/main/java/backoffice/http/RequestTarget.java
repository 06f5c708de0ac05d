package backoffice.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The path of a request in its normal form (docs/api.md, section 1.1). Dot segments are resolved, and unreserved characters
 * are decoded. All characters that a segment may not contain are percent-encoded, and so is {@code ;}, which JAX-RS would
 * read as the start of a matrix parameter.
 *
 * @param sent the path as it was sent
 * @param path the path in its normal form; a {@code %} without two hexadecimal digits behind it becomes {@code %25}
 * @param broken whether the path has such a {@code %}, or bytes that are not UTF-8
 */
public record RequestTarget(String sent, String path, boolean broken) {

    /** A {@code %} that begins no percent-encoding. */
    private static final Pattern BROKEN = Pattern.compile("%(?!\\p{XDigit}{2})");

    /** A percent-encoding, or a character that a path may not contain. */
    private static final Pattern ENCODED_OR_ILLEGAL = Pattern.compile("%\\p{XDigit}{2}|[^!-:<-~]");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static RequestTarget of(String sent) {
        if (sent.chars().noneMatch(c -> c <= ' ' || c >= 0x7F || c == '%' || c == ';')) {
            return new RequestTarget(sent, resolveDots(sent), false);
        }
        String complete = BROKEN.matcher(sent).replaceAll("%25");
        String path = ENCODED_OR_ILLEGAL.matcher(complete).replaceAll(found -> normal(found.group()));
        return new RequestTarget(sent, resolveDots(path), !complete.equals(sent) || !isUtf8(path));
    }

    /** The query without broken percent-encodings. One of them would prevent the reading of all parameters. */
    public static String query(String rawQuery) {
        return rawQuery == null || rawQuery.indexOf('%') < 0
                ? rawQuery
                : BROKEN.matcher(rawQuery).replaceAll("%25");
    }

    private static String normal(String found) {
        boolean isEncoded = found.length() > 1;
        int value = isEncoded ? HexFormat.fromHexDigits(found, 1, 3) : found.charAt(0);
        boolean isUnreserved = value < 0x80 && Character.isLetterOrDigit(value) || "-._~".indexOf(value) >= 0;
        if (isUnreserved) {
            return String.valueOf((char) value);
        }
        return isEncoded ? found : "%" + HEX.toHexDigits((byte) value);
    }

    /** Whether the path is the base path or is below it. Empty segments do not count, as in the router. */
    boolean isUnder(String basePath) {
        String routed = path.contains("//") ? path.replaceAll("//+", "/") : path;
        return routed.startsWith(basePath)
                && (routed.length() == basePath.length() || routed.charAt(basePath.length()) == '/');
    }

    private static boolean isUtf8(String path) {
        byte[] bytes = URLDecoder.decode(path, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Removes dot segments as in RFC 3986, section 5.2.4, but keeps empty segments. */
    private static String resolveDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> resolved = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isDotSegment = segments[i].equals(".") || segments[i].equals("..");
            if (segments[i].equals("..")) {
                resolved.pollLast();
            }
            if (!isDotSegment) {
                resolved.addLast(segments[i]);
            } else if (i == segments.length - 1) {
                resolved.addLast("");
            }
        }
        return "/" + String.join("/", resolved);
    }
}
