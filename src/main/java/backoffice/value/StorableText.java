package backoffice.value;

/** The check that PostgreSQL can store a text (docs/api.md, section 3.3). */
public final class StorableText {

    private StorableText() {}

    /** Whether a text contains neither U+0000 nor a lone surrogate. */
    public static boolean is(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
