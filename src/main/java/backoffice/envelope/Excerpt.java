package backoffice.envelope;

/** Excerpt of a client's text for a message: short, on one line, and valid in UTF-8 (docs/api.md, section 1.4). */
public final class Excerpt {

    private static final int MAX_CODE_POINTS = 100;

    private Excerpt() {}

    /** The first 100 code points, and {@code …} for the rest. Control characters and lone surrogates are escaped. */
    public static String of(String text) {
        return of(text, MAX_CODE_POINTS);
    }

    public static String of(String text, int maxCodePoints) {
        StringBuilder excerpt = new StringBuilder();
        text.codePoints().limit(maxCodePoints).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                excerpt.append(String.format("\\u%04x", c));
            } else {
                excerpt.appendCodePoint(c);
            }
        });
        boolean isShortened = text.codePointCount(0, text.length()) > maxCodePoints;
        return excerpt.append(isShortened ? "…" : "").toString();
    }
}
