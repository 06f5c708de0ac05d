package backoffice.envelope;

/** Excerpt of a client's text for a message: short, on one line, and valid in UTF-8 (docs/api.md, section 1.4). */
public final class Excerpt {

    private static final int MAX_CODE_POINTS = 100;

    private Excerpt() {}

    /**
     * Returns the first 100 code points, followed by {@code …} where the text is longer. Control characters and lone
     * surrogates become Unicode escapes with four hexadecimal digits.
     */
    public static String of(String text) {
        return of(text, MAX_CODE_POINTS);
    }

    /** Returns the first {@code maxCodePoints} code points in the form of {@link #of(String)}. */
    public static String of(String text, int maxCodePoints) {
        StringBuilder excerpt = new StringBuilder();
        text.codePoints().limit(maxCodePoints).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                excerpt.append(String.format("\\u%04x", c));
            } else {
                excerpt.appendCodePoint(c);
            }
        });
        return text.codePoints().skip(maxCodePoints).findAny().isPresent()
                ? excerpt.append('…').toString()
                : excerpt.toString();
    }
}
