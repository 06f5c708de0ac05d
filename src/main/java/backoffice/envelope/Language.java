package backoffice.envelope;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.stream.Stream;

/** Language of {@code msg}: English or Chinese (docs/api.md, section 1.4). */
public enum Language {
    EN,
    ZH;

    private static final List<Locale> LOCALES =
            Stream.of(values()).map(Language::locale).toList();

    /** The locale of the language, without a country. */
    Locale locale() {
        return Locale.forLanguageTag(name());
    }

    /**
     * Returns the language that a client prefers.
     *
     * @param acceptLanguage the header {@code Accept-Language}, null when it is absent
     * @param defaultLanguage the result when the header is absent, malformed, or names neither language
     */
    static Language of(String acceptLanguage, Language defaultLanguage) {
        if (acceptLanguage == null) {
            return defaultLanguage;
        }
        try {
            List<LanguageRange> wanted = LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .toList();
            Locale best = Locale.lookup(wanted, LOCALES);
            return best == null ? defaultLanguage : values()[LOCALES.indexOf(best)];
        } catch (IllegalArgumentException | IndexOutOfBoundsException notALanguageRange) {
            // The JDK throws IndexOutOfBoundsException for a range that is a single hyphen.
            return defaultLanguage;
        }
    }
}
