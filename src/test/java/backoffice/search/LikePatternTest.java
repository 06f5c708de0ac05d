package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikePatternTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "%", "_", "\\%", "\\_", "\\\\", "a\\\\", "\\a", "\\😀", "\\\\\\\\", "\\\\\\%"})
    void a_pattern_whose_escapes_all_escape_something_is_accepted(String pattern) {
        assertDoesNotThrow(() -> LikePattern.check(pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\\", "%\\", "\\%\\", "\\\\\\", "😀\\", "\\\\\\\\\\"})
    void a_pattern_whose_last_escape_escapes_nothing_is_refused(String pattern) {
        InvalidSearch refusal = assertThrows(InvalidSearch.class, () -> LikePattern.check(pattern));

        assertEquals(InvalidSearch.Reason.LONE_ESCAPE, refusal.reason());
        assertEquals(List.of(pattern), refusal.arguments());
    }
}
