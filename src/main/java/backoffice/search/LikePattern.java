package backoffice.search;

import backoffice.search.InvalidSearchException.Reason;
import java.util.Optional;

/** The patterns of {@code like} (docs/api.md, section 6.4). PostgreSQL has the same rules, so it gets them as sent. */
final class LikePattern {

    static final char ESCAPE = '\\';

    private LikePattern() {}

    /** The texts from one on and before another. */
    record Range(String from, String to) {}

    /** @throws InvalidSearchException when the pattern ends in a {@code \} that escapes nothing */
    static void check(String pattern) {
        int escapes = 0;
        while (escapes < pattern.length() && pattern.charAt(pattern.length() - 1 - escapes) == ESCAPE) {
            escapes++;
        }
        if (escapes % 2 == 1) {
            throw new InvalidSearchException(Reason.LONE_ESCAPE, pattern);
        }
    }

    /** The texts that a pattern matches; empty unless it is literal text and one {@code %}. See docs/adr/0013. */
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
