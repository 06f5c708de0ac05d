package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
        "a%, a, b",
        "客户%, 客户, 客戸",
        "a\\%%, a%, a&",
        "\\_\\\\%, _\\, _]",
        "az%, az, a{",
        "😀%, 😀, 😁",
        "\\😀%, 😀, 😁",
        "\uD7FF%, \uD7FF, \uE000",
        "\uFFFF%, \uFFFF, \uD800\uDC00"
    })
    void a_prefix_is_a_range(String pattern, String from, String to) {
        assertEquals(new LikePattern(pattern, from, to, true), LikePattern.of(pattern));
    }

    @ParameterizedTest
    @CsvSource({"a, a, b", "a%b, a, b", "a_%, a, b", "a%%, a, b", "a\\%, a%, a&", "a\\__, a_, a`"})
    void any_other_pattern_that_begins_with_text_is_within_a_range(String pattern, String from, String to) {
        assertEquals(new LikePattern(pattern, from, to, false), LikePattern.of(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%a", "_%", "%%", "\uDBFF\uDFFF%", "\uDBFF\uDFFF_"})
    void a_pattern_that_does_not_begin_with_text_has_no_range(String pattern) {
        assertFalse(LikePattern.of(pattern).hasRange());
    }
}
