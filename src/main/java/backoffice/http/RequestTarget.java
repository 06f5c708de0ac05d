package backoffice.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * The path of a request in its normal form (docs/api.md, section 1.1). Dot segments, plain or encoded, are resolved.
 * Unreserved characters are decoded. All characters that a segment may not contain are percent-encoded, and so is
 * {@code ;}, which JAX-RS would read as the start of a matrix parameter.
 *
 * @param sent the path as it was sent
 * @param path the path in its normal form; a {@code %} without two hexadecimal digits behind it becomes {@code %25}
 * @param broken whether the path has such a {@code %}, or bytes that are not UTF-8
 */
public record RequestTarget(String sent, String path, boolean broken) {

    private static final String ESCAPED_PERCENT = "%25";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static RequestTarget of(String sent) {
        for (int i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) == '%' || !isAllowed(sent.charAt(i))) {
                return encode(sent);
            }
        }
        return new RequestTarget(sent, resolveDots(sent), false);
    }

    private static RequestTarget encode(String sent) {
        StringBuilder path = new StringBuilder(sent.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(sent.length());
        boolean broken = false;
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            int value = c == '%' ? escapedByte(sent, i) : c;
            bytes.write(value);
            if (value < 0) {
                broken = true;
                path.append(ESCAPED_PERCENT);
            } else if (c == '%') {
                path.append(isUnreserved(value) ? String.valueOf((char) value) : sent.substring(i, i + 3));
                i += 2;
            } else if (isAllowed(c)) {
                path.append(c);
            } else {
                path.append('%').append(HEX.toHexDigits((byte) value));
            }
        }
        return new RequestTarget(sent, resolveDots(path.toString()), broken || !isUtf8(bytes.toByteArray()));
    }

    /**
     * Returns the query with each {@code %} that has no two hexadecimal digits behind it as {@code %25}. Otherwise, one
     * broken parameter would prevent the reading of all others.
     *
     * @param rawQuery null for a request without a query; the result is null then
     */
    public static String query(String rawQuery) {
        if (rawQuery == null || rawQuery.indexOf('%') < 0) {
            return rawQuery;
        }
        StringBuilder query = new StringBuilder(rawQuery.length());
        for (int i = 0; i < rawQuery.length(); i++) {
            char c = rawQuery.charAt(i);
            query.append(c == '%' && escapedByte(rawQuery, i) < 0 ? ESCAPED_PERCENT : c);
        }
        return query.toString();
    }

    /** Whether the path is the base path or is below it. Empty segments do not count, as in the router. */
    boolean isUnder(String basePath) {
        String routed = path.contains("//") ? path.replaceAll("//+", "/") : path;
        return routed.startsWith(basePath)
                && (routed.length() == basePath.length() || routed.charAt(basePath.length()) == '/');
    }

    /** The byte that the three characters from the index encode; -1 when they encode none. */
    private static int escapedByte(String text, int index) {
        if (index + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(index + 1), 16);
        int low = Character.digit(text.charAt(index + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static boolean isUnreserved(int value) {
        return value < 0x80 && Character.isLetterOrDigit(value) || "-._~".indexOf(value) >= 0;
    }

    private static boolean isAllowed(char c) {
        return c > ' ' && c < 0x7F && c != ';';
    }

    private static boolean isUtf8(byte[] bytes) {
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
