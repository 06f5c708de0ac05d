package backoffice.envelope;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The sentences that clients read: English, and Chinese for those who prefer it (contract, section 1). */
final class Messages {

    private static final String BUNDLE = "backoffice.envelope.messages";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Messages() {}

    /**
     * @param key its class and name are the key of the sentence
     * @param arguments what the sentence speaks of: a text is the client's, and shortened; a list is of words of our
     *     own, and stands whole
     */
    static String text(Enum<?> key, List<Object> arguments, Language language) {
        Object[] shown = arguments.stream().map(Messages::shown).toArray();
        Locale locale = language.locale();
        return String.format(locale, bundle(locale).getString(key(key)), shown);
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
}
