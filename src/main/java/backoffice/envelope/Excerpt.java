package backoffice.envelope;

/** Client text made fit for a message: short, on one line, and always encodable. */
public final class Excerpt {

    private static final int MAX_CODE_POINTS = 100;

    private Excerpt() {}

    /** The first 100 code points, with control characters and lone surrogates shown as escapes. */
    public static String of(String text) {
        return of(text, MAX_CODE_POINTS);
    }

    /** The same of so many code points. */
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
