package backoffice.value;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names as segments of a path (docs/api.md, section 1.1). */
public final class PathSegment {

    private PathSegment() {}

    /** Percent-encodes a text, so that it is one segment of a path. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
