package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikePatternTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "%", "_", "\\%", "\\_", "\\\\", "a\\\\", "\\a", "\\😀", "\\\\\\\\", "\\\\\\%"})
    void a_pattern_whose_escapes_all_escape_something_is_accepted(String pattern) {
        assertDoesNotThrow(() -> LikePattern.check(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\\", "%\\", "\\%\\", "\\\\\\", "😀\\", "\\\\\\\\\\"})
    void a_pattern_that_ends_in_a_lone_escape_is_refused(String pattern) {
        InvalidSearchException refusal = assertThrows(InvalidSearchException.class, () -> LikePattern.check(pattern));

        assertEquals(InvalidSearchException.Reason.LONE_ESCAPE, refusal.reason());
        assertEquals(List.of(pattern), refusal.arguments());
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
        "\uFFFF%, \uFFFF, \uD800\uDC00",
    })
    void a_prefix_pattern_is_a_range(String pattern, String from, String to) {
        assertEquals(Optional.of(new LikePattern.Range(from, to)), LikePattern.prefixRange(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "a", "%a", "a%b", "a_%", "a%%", "_%", "a\\%", "\uDBFF\uDFFF%"})
    void any_other_pattern_is_not_a_range(String pattern) {
        assertEquals(Optional.empty(), LikePattern.prefixRange(pattern));
    }
}
