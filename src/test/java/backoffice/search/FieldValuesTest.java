package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldValuesTest {

    private static final Field TEXT = new Field("name", "g.name", Field.Type.TEXT, null, true, Bound.VALUES);
    private static final Field TIME = new Field("regDate", "c.regDate", Field.Type.TIME, null, true, Bound.ROWS);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", "2026-02-30", "甲😀", "\n\t\u007F", "'; drop table customer --", ":p0", "\\"})
    void a_text_is_kept_as_sent(String value) {
        assertEquals(value, TEXT.parse(value));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28 23:59:59, 2026-02-28T23:59:59",
        "2024-02-29 00:00:00, 2024-02-29T00:00:00",
        "2026-02-28, 2026-02-28T00:00:00",
        "0001-01-01, 0001-01-01T00:00:00",
        "9999-12-31 23:59:59, 9999-12-31T23:59:59"
    })
    void a_time_and_a_day_are_parsed(String value, LocalDateTime time) {
        assertEquals(time, TIME.parse(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30",
                "2025-02-29",
                "2026-02-30 10:00:00",
                "2026-13-01",
                "2026-00-01",
                "2026-01-00",
                "2026-01-01 24:00:00",
                "2026-01-01 23:60:00",
                "2026-01-01 23:59:60",
                "2026-01-01 1:00:00",
                "0000-01-01",
                "0000-12-31 23:59:59",
                "2026-1-1",
                "26-01-01",
                "20260101",
                "2026/01/01",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00",
                "2026-01-01 00:00:00.0",
                "2026-01-01 00:00:00Z",
                "2026-01-01 00:00:00 ",
                " 2026-01-01 00:00:00",
                "2026-01-01 ",
                " 2026-01-01",
                "2026-01-01  00:00:00",
                "２０２６-01-01",
                "٢٠٢٦-٠١-٠١",
                "-2026-01-01 00:00:00",
                "+12026-01-01 00:00:00",
                "+999999999-01-01 00:00:00",
                "12026-01-01"
            })
    void a_value_that_is_not_a_time_is_refused(String value) {
        assertRefused(TIME, value, Problem.NOT_A_TIME, "regDate", value);
    }

    @ParameterizedTest
    @EnumSource
    void null_is_refused_for_every_type(Field.Type type) {
        assertRefused(new Field("f", "x.f", type, "x.f", true, Bound.VALUES), null, Problem.NULL_VALUE, "f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\uD800", "\uDC00", "a\uDFFF", "\uD800a", "\uDE00\uD83D"})
    void a_text_that_cannot_be_stored_is_refused_for_every_type(String value) {
        assertRefused(TEXT, value, Problem.UNSTORABLE_VALUE, "name", value);
        assertRefused(TIME, value, Problem.UNSTORABLE_VALUE, "regDate", value);
    }

    @Test
    void a_pair_of_surrogates_is_one_character_and_accepted() {
        assertEquals("\uD83D\uDE00", TEXT.parse("\uD83D\uDE00"));
    }

    private static void assertRefused(Field field, String value, Problem problem, Object... arguments) {
        ApiException refusal = assertThrows(ApiException.class, () -> field.parse(value));

        assertEquals(problem, refusal.problem());
        assertEquals(List.of(arguments), refusal.arguments());
    }
}
