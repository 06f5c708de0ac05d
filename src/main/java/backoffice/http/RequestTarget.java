package backoffice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The path and the query of a request in a form that the router reads (docs/api.md, section 1.1). All characters that a
 * segment may not contain are percent-encoded, and so is {@code ;}, which JAX-RS would read as the start of a matrix
 * parameter. Neither has a broken percent-encoding. Neither has a {@code #}, because the router would end them there. The
 * router itself decodes unreserved characters and resolves dot segments.
 *
 * @param sent the path as it was sent
 * @param normal the path and the query in that form; null when they were sent in that form
 * @param broken whether the path has a {@code %} without two hexadecimal digits behind it, or bytes that are not UTF-8
 */
record RequestTarget(String sent, String normal, boolean broken) {

    /** A {@code %} that begins no percent-encoding. One in the query would prevent the reading of all parameters. */
    private static final Pattern BROKEN = Pattern.compile("%(?!\\p{XDigit}{2})");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static RequestTarget of(HttpServerRequest request) {
        String sent = request.path();
        String complete = complete(sent);
        String path = encode(complete);
        String sentQuery = request.query() == null ? "" : "?" + request.query();
        String query = complete(sentQuery).replace("#", "%23");
        boolean isNormal = path.equals(sent) && query.equals(sentQuery);
        return new RequestTarget(sent, isNormal ? null : path + query, !complete.equals(sent) || !isUtf8(path));
    }

    /** Almost all paths need no encoding. A pattern would take 2 % of the processor time of a read. */
    private static String encode(String path) {
        int plain = 0;
        while (plain < path.length() && isPlain(path.charAt(plain))) {
            plain++;
        }
        if (plain == path.length()) {
            return path;
        }
        StringBuilder encoded = new StringBuilder(path.length());
        for (char c : path.toCharArray()) {
            if (isPlain(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits((byte) c));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c >= '!' && c <= '~' && c != ';' && c != '#';
    }

    private static String complete(String text) {
        return text.indexOf('%') < 0 ? text : BROKEN.matcher(text).replaceAll("%25");
    }

    private static boolean isUtf8(String path) {
        if (path.indexOf('%') < 0) {
            return true;
        }
        byte[] bytes = URLDecoder.decode(path, ISO_8859_1).getBytes(ISO_8859_1);
        return Arrays.equals(bytes, new String(bytes, UTF_8).getBytes(UTF_8));
    }
}
