package backoffice.value;

/** What text the database takes. */
public final class StorableText {

    private StorableText() {}

    /** Whether a text has neither U+0000 nor a lone surrogate. */
    public static boolean is(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
