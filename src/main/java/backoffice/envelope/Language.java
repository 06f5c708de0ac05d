package backoffice.envelope;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Language of {@code msg}, English or Chinese, with the messages in it (docs/api.md, section 1.4). */
public enum Language {
    EN,
    ZH;

    /** The rest of a longer header does not count. Headers of browsers are much shorter. */
    private static final int MAX_LENGTH = 256;

    /** A language range of RFC 9110, section 12.5.4, that names a language of this enum, with its weight. */
    private static final Pattern RANGE =
            Pattern.compile("(en|zh)(?:-[a-z0-9-]+)?\\s*+(?:;\\s*+q=([01](?:\\.\\d*)?))?", Pattern.CASE_INSENSITIVE);

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /**
     * The language that the header {@code Accept-Language} prefers, and the first one of two with the same weight. The
     * default counts for a header that is null or names neither language with a weight. Malformed ranges do not count.
     */
    public static Language of(String acceptLanguage, Language defaultLanguage) {
        Language best = defaultLanguage;
        double bestWeight = 0;
        String header = acceptLanguage == null ? "" : acceptLanguage;
        for (String range :
                header.substring(0, Math.min(header.length(), MAX_LENGTH)).split(",")) {
            Matcher named = RANGE.matcher(range.strip());
            if (named.matches()) {
                double weight = named.group(2) == null ? 1 : Double.parseDouble(named.group(2));
                if (weight > bestWeight && weight <= 1) {
                    best = valueOf(named.group(1).toUpperCase(Locale.ROOT));
                    bestWeight = weight;
                }
            }
        }
        return best;
    }

    /** The {@code msg} of a failure: its location, if it has one, and the message of its problem. */
    public String sentence(ApiException e) {
        Locale locale = Locale.forLanguageTag(name());
        ResourceBundle messages = ResourceBundle.getBundle("backoffice.envelope.messages", locale, NO_FALLBACK);
        String message = String.format(
                locale,
                messages.getString("Problem." + e.problem().name()),
                e.arguments().stream().map(Language::format).toArray());
        return e.location().equals(Location.BODY) ? message : e.location().text() + ": " + message;
    }

    /** A text comes from the client and is shortened. A list has words of the API. */
    private static Object format(Object argument) {
        if (argument instanceof List<?> words) {
            return words.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return argument instanceof String text ? Excerpt.of(text) : argument;
    }
}
