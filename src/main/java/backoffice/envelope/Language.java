package backoffice.envelope;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.stream.Stream;

/** The languages of {@code msg} (contract, section 1). */
public enum Language {
    EN,
    ZH;

    private static final List<Locale> LOCALES =
            Stream.of(values()).map(Language::locale).toList();

    /** The locale that has the language's name alone. */
    Locale locale() {
        return Locale.forLanguageTag(name());
    }

    /**
     * The one that a client prefers.
     *
     * @param acceptLanguage the header of the request, null when there is none
     * @param otherwise the answer when the header is absent, malformed, or names neither language
     */
    static Language of(String acceptLanguage, Language otherwise) {
        if (acceptLanguage == null) {
            return otherwise;
        }
        try {
            List<LanguageRange> wanted = LanguageRange.parse(acceptLanguage).stream()
                    .filter(range -> range.getWeight() > 0)
                    .toList();
            Locale best = Locale.lookup(wanted, LOCALES);
            return best == null ? otherwise : values()[LOCALES.indexOf(best)];
        } catch (IllegalArgumentException | IndexOutOfBoundsException notALanguageRange) {
            // The JDK fails on a lone hyphen by its index.
            return otherwise;
        }
    }
}
