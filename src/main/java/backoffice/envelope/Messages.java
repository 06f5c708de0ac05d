package backoffice.envelope;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** Message catalogue for {@code msg} in English and Chinese (docs/api.md, section 1.4). */
final class Messages {

    private static final String BUNDLE = "backoffice.envelope.messages";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Messages() {}

    /** @param arguments a text comes from the client and is shortened, and a list has words of the API */
    static String text(Problem problem, List<Object> arguments, Language language) {
        Object[] formatted = arguments.stream().map(Messages::format).toArray();
        Locale locale = Locale.forLanguageTag(language.name());
        return String.format(locale, bundle(locale).getString(key(problem)), formatted);
    }

    private static Object format(Object argument) {
        if (argument instanceof List<?> words) {
            return words.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return argument instanceof String text ? Excerpt.of(text) : argument;
    }

    static String key(Problem problem) {
        return "Problem." + problem.name();
    }

    static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK);
    }
}
