package backoffice.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "甲乙", "😀", "%s %d %", "\"'\\", "\u00A0\u3000"})
    void a_short_text_is_shown_as_it_is(String text) {
        assertEquals(text, Excerpt.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "甲", "😀"})
    void a_text_is_cut_after_a_hundred_code_points(String codePoint) {
        assertEquals(codePoint.repeat(100), Excerpt.of(codePoint.repeat(100)));
        assertEquals(codePoint.repeat(100) + "…", Excerpt.of(codePoint.repeat(101)));
        assertEquals(codePoint.repeat(100) + "…", Excerpt.of(codePoint.repeat(100_000)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`a\u0000b`, a\\u0000b", "`\n`, \\u000a", "`\r\n`, \\u000d\\u000a", "`\t`, \\u0009",
                "`\u001B[31m`, \\u001b[31m", "`\u007F`, \\u007f", "`\u0085`, \\u0085", "`\u009F`, \\u009f"
            })
    void a_control_character_is_shown_as_its_escape(String text, String excerpt) {
        assertEquals(excerpt, Excerpt.of(text));
    }

    @ParameterizedTest
    @CsvSource({"'\uD83D', \\ud83d", "'a\uDE00b', a\\ude00b", "'\uDE00\uD83D', \\ude00\\ud83d"})
    void a_lone_surrogate_is_shown_as_its_escape(String text, String excerpt) {
        assertEquals(excerpt, Excerpt.of(text));
    }
}
