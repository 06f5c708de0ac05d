package backoffice.search;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikePatternTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "%", "_", "\\%", "\\_", "\\\\", "a\\\\", "\\a", "\\😀", "\\\\\\\\", "\\\\\\%"})
    void a_pattern_whose_escapes_all_escape_something_is_accepted(String pattern) {
        assertDoesNotThrow(() -> LikePattern.of(pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "a%, a, b, true", "客户%, 客户, 客戸, true", "a\\%%, a%, a&, true", "\\_\\\\%, _\\, _], true",
        "az%, az, a{, true", "😀%, 😀, 😁, true", "\\😀%, 😀, 😁, true", "\uD7FF%, \uD7FF, \uE000, true",
        "\uFFFF%, \uFFFF, \uD800\uDC00, true", "a, a, b, false", "a%b, a, b, false", "a_%, a, b, false",
        "a%%, a, b, false", "a\\%, a%, a&, false", "a\\__, a_, a`, false"
    })
    void a_prefix_is_a_range_and_any_other_pattern_that_begins_with_text_is_within_one(
            String pattern, String from, String to, boolean isPrefix) {
        assertEquals(new LikePattern(pattern, from, to, isPrefix), LikePattern.of(pattern));
    }

    @ParameterizedTest
    @CsvSource({"😀, 😁", "y, z"})
    void a_range_is_of_no_more_text_than_a_field_can_have(String last, String next) {
        String text = "a".repeat(511);

        assertEquals(
                new LikePattern(text + last + "b%", text + last, text + next, false),
                LikePattern.of(text + last + "b%"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%a", "_%", "%%", "\uDBFF\uDFFF%", "\uDBFF\uDFFF_"})
    void a_pattern_that_does_not_begin_with_text_has_no_range(String pattern) {
        assertFalse(LikePattern.of(pattern).hasRange());
        assertFalse(LikePattern.of(pattern).isRange());
    }
}
