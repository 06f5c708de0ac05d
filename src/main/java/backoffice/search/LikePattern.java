package backoffice.search;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.search.Hql.Parameters;

/**
 * Pattern of {@code like} (docs/api.md, section 6.4). PostgreSQL has the same rules, so it gets the pattern as sent.
 *
 * @param text the pattern as sent
 * @param from the literal text before the first wildcard, or the beginning of it; each text that matches begins with it
 * @param to the first text after all that begin with {@code from}; null when there is none
 * @param isRange whether the pattern is nothing but the range of these two: literal text and one {@code %}
 */
record LikePattern(String text, String from, String to, boolean isRange) {

    static final char ESCAPE = '\\';

    /** No field has longer texts. A longer prefix would only take memory. */
    private static final int MAX_PREFIX = 512;

    /** @throws ApiException when the pattern ends in a {@code \} that escapes nothing */
    static LikePattern of(String pattern) {
        requireNoLoneEscape(pattern);
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < pattern.length()
                && pattern.charAt(i) != '%'
                && pattern.charAt(i) != '_'
                && literal.length() < MAX_PREFIX) {
            i += pattern.charAt(i) == ESCAPE ? 1 : 0;
            literal.appendCodePoint(pattern.codePointAt(i));
            i = pattern.offsetByCodePoints(i, 1);
        }
        String from = literal.toString();
        String to = firstAfterPrefix(from);
        return new LikePattern(
                pattern, from, to, to != null && pattern.substring(i).equals("%"));
    }

    private static void requireNoLoneEscape(String pattern) {
        int escapes = 0;
        while (escapes < pattern.length() && pattern.charAt(pattern.length() - 1 - escapes) == ESCAPE) {
            escapes++;
        }
        if (escapes % 2 == 1) {
            throw new ApiException(Problem.LONE_ESCAPE, pattern);
        }
    }

    private static String firstAfterPrefix(String prefix) {
        int last = prefix.isEmpty() ? Character.MAX_CODE_POINT : prefix.codePointBefore(prefix.length());
        if (last == Character.MAX_CODE_POINT) {
            return null;
        }
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return prefix.substring(0, prefix.length() - Character.charCount(last)) + Character.toString(next);
    }

    /** Whether the texts that match are within a range, which an index serves. See docs/adr/0013. */
    boolean hasRange() {
        return to != null;
    }

    /** The condition in HQL: a range, which an index serves in every plan, and what the range does not say. */
    String hql(String path, Parameters parameters) {
        if (!hasRange()) {
            return matches(path, parameters);
        }
        String range = path + " >= " + parameters.bind(from) + " and " + path + " < " + parameters.bind(to);
        return isRange ? range : range + " and " + matches(path, parameters);
    }

    /** The condition in HQL without a range. */
    String matches(String path, Parameters parameters) {
        return HqlFunction.MATCHES.call(parameters.bind(text), path);
    }
}
