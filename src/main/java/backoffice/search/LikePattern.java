package backoffice.search;

import backoffice.search.InvalidSearch.Reason;

/**
 * The patterns of {@code like}: {@code %} any run, {@code _} one code point, {@code \} takes the next code point
 * literally (contract, section 6). They are SQL's own, so a pattern is bound as it came.
 */
final class LikePattern {

    static final char ESCAPE = '\\';

    private LikePattern() {}

    /** @throws InvalidSearch when the last escape has nothing left to escape */
    static void check(String pattern) {
        int escapes = 0;
        while (escapes < pattern.length() && pattern.charAt(pattern.length() - 1 - escapes) == ESCAPE) {
            escapes++;
        }
        if (escapes % 2 == 1) {
            throw new InvalidSearch(Reason.LONE_ESCAPE, pattern);
        }
    }
}
