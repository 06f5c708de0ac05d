package backoffice.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The path and the query of a request in their normal form (docs/api.md, section 1.1). In the path, dot segments are
 * resolved and unreserved characters are decoded. All characters that a segment may not contain are percent-encoded, and
 * so is {@code ;}, which JAX-RS would read as the start of a matrix parameter. Neither has a broken percent-encoding. Neither
 * has a {@code #}, because the router would end them there.
 *
 * @param sent the path as it was sent
 * @param path the path in its normal form; a {@code %} without two hexadecimal digits behind it becomes {@code %25}
 * @param query the query in its normal form; null without one
 * @param broken whether the path has such a {@code %}, or bytes that are not UTF-8
 */
record RequestTarget(String sent, String path, String query, boolean broken) {

    /** A {@code %} that begins no percent-encoding. One in the query would prevent the reading of all parameters. */
    private static final Pattern BROKEN = Pattern.compile("%(?!\\p{XDigit}{2})");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static RequestTarget of(HttpServerRequest request) {
        String sent = request.path();
        String query =
                request.query() == null ? null : complete(request.query()).replace("#", "%23");
        for (int i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) == '%' || mustBeEncoded(sent.charAt(i))) {
                return normalized(sent, query);
            }
        }
        return new RequestTarget(sent, resolveDots(sent), query, false);
    }

    private static String complete(String text) {
        return text.indexOf('%') < 0 ? text : BROKEN.matcher(text).replaceAll("%25");
    }

    private static RequestTarget normalized(String sent, String query) {
        String complete = complete(sent);
        StringBuilder path = new StringBuilder(complete.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(complete.length());
        for (int i = 0, length; i < complete.length(); i += length) {
            char c = complete.charAt(i);
            length = c == '%' ? 3 : 1;
            int value = c == '%' ? HexFormat.fromHexDigits(complete, i + 1, i + length) : c;
            bytes.write(value);
            if (c == '%' ? isUnreserved(value) : !mustBeEncoded(c)) {
                path.append((char) value);
            } else if (c == '%') {
                path.append(complete, i, i + length);
            } else {
                path.append('%').append(HEX.toHexDigits((byte) value));
            }
        }
        boolean isUtf8 =
                Arrays.equals(bytes.toByteArray(), bytes.toString(UTF_8).getBytes(UTF_8));
        return new RequestTarget(sent, resolveDots(path.toString()), query, !complete.equals(sent) || !isUtf8);
    }

    private static boolean mustBeEncoded(char c) {
        return c <= ' ' || c >= 0x7F || c == ';' || c == '#';
    }

    private static boolean isUnreserved(int value) {
        return value < 0x80 && Character.isLetterOrDigit(value) || "-._~".indexOf(value) >= 0;
    }

    /** Removes dot segments as in RFC 3986, section 5.2.4, but keeps empty segments. */
    private static String resolveDots(String path) {
        if (!path.startsWith("/") || !path.contains("/.")) {
            return path;
        }
        Deque<String> resolved = new ArrayDeque<>();
        String ended = path.endsWith("/.") || path.endsWith("/..") ? path + "/" : path;
        for (String segment : ended.substring(1).split("/", -1)) {
            if (segment.equals("..")) {
                resolved.pollLast();
            } else if (!segment.equals(".")) {
                resolved.addLast(segment);
            }
        }
        return "/" + String.join("/", resolved);
    }

    /** Whether the request has this path and query, so that it need not be routed again. */
    boolean isOf(HttpServerRequest request) {
        return path.equals(request.path()) && Objects.equals(query, request.query());
    }

    /** The path and the query. */
    String uri() {
        return query == null ? path : path + "?" + query;
    }

    /** Whether the path is the base path or is below it. Empty segments do not count, as in the router. */
    boolean isUnder(String basePath) {
        String routed = path.contains("//") ? path.replaceAll("//+", "/") : path;
        return routed.startsWith(basePath)
                && (routed.length() == basePath.length() || routed.charAt(basePath.length()) == '/');
    }
}
