package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;
import java.util.Optional;

/**
 * The patterns of {@code like}: {@code %} any run, {@code _} one code point, {@code \} takes the next code point
 * literally (contract, section 6). They are those of PostgreSQL, so a pattern is bound as it came.
 */
final class LikePattern {

    static final char ESCAPE = '\\';

    private LikePattern() {}

    /**
     * The texts that begin with a prefix.
     *
     * @param from the first of them
     * @param to the first text after them
     */
    record Range(String from, String to) {}

    /** @throws InvalidSearchException when the last escape has nothing left to escape */
    static void check(String pattern) {
        int escapes = 0;
        while (escapes < pattern.length() && pattern.charAt(pattern.length() - 1 - escapes) == ESCAPE) {
            escapes++;
        }
        if (escapes % 2 == 1) {
            throw new InvalidSearchException(Reason.LONE_ESCAPE, pattern);
        }
    }

    /** The range of the matches of a pattern that is literal text and one {@code %} behind it; empty for all others. */
    static Optional<Range> prefixRange(String pattern) {
        StringBuilder prefix = new StringBuilder();
        int i = 0;
        for (; i < pattern.length() && pattern.charAt(i) != '%' && pattern.charAt(i) != '_'; i++) {
            i += pattern.charAt(i) == ESCAPE ? 1 : 0;
            prefix.append(pattern.charAt(i));
        }
        String from = prefix.toString();
        int last = from.isEmpty() ? Character.MAX_CODE_POINT : from.codePointBefore(from.length());
        if (!pattern.substring(i).equals("%") || last == Character.MAX_CODE_POINT) {
            return Optional.empty();
        }
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        prefix.setLength(from.length() - Character.charCount(last));
        return Optional.of(new Range(from, prefix.appendCodePoint(next).toString()));
    }
}
