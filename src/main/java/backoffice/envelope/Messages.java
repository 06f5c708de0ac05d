package backoffice.envelope;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The sentences that clients read: English, and Chinese for those who prefer it (contract, section 1). */
final class Messages {

    private static final String BUNDLE = "backoffice.envelope.messages";
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Messages() {}

    /**
     * @param key its class and name are the key of the sentence
     * @param arguments what the sentence speaks of: a text is the client's, and shortened; a list is of words of our
     *     own, and stands whole
     * @param acceptLanguage the header of the request, null when there is none
     */
    static String text(Enum<?> key, List<Object> arguments, String acceptLanguage) {
        Object[] shown = arguments.stream().map(Messages::shown).toArray();
        Locale language = language(acceptLanguage);
        return String.format(language, bundle(language).getString(key(key)), shown);
    }

    private static Object shown(Object argument) {
        if (argument instanceof List<?> words) {
            return words.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return argument instanceof String text ? Excerpt.of(text) : argument;
    }

    static String key(Enum<?> key) {
        return key.getDeclaringClass().getSimpleName() + "." + key.name();
    }

    static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK);
    }

    static Locale language(String acceptLanguage) {
        if (acceptLanguage == null) {
            return Locale.ENGLISH;
        }
        try {
            List<LanguageRange> wanted = LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .toList();
            Locale best = Locale.lookup(wanted, LANGUAGES);
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException | IndexOutOfBoundsException notALanguageRange) {
            // The JDK fails on a lone hyphen by its index.
            return Locale.ENGLISH;
        }
    }
}
