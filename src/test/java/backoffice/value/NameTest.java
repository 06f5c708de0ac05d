package backoffice.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", " a", "a ", " a b ", "甲", "😀", "...", "....", ". ", "a.", "/", "a/b", "%", "%2F", "?", "#", ";",
                "+", "\\", "'", "\"", "\u00E9", "e\u0301", "a\u0085", "\u0080", "\u009F", "\u200B", "\u180E", "\u2060",
                "\uFEFF", "\uE000", "\uFFFF", "\u202E", "data", "null"
            })
    void a_name_is_kept_exactly_as_it_was_sent(String value) {
        assertEquals(value, new Name(value).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "甲", "😀"})
    void a_name_of_255_code_points_is_accepted_and_one_more_is_refused(String codePoint) {
        assertEquals(codePoint.repeat(255), new Name(codePoint.repeat(255)).value());
        assertRefused(codePoint.repeat(256), Problem.NAME_LENGTH, 256, 255, codePoint.repeat(256));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005,
                0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000
            })
    void white_space_alone_is_blank(int codePoint) {
        String character = Character.toString(codePoint);

        assertRefused("", Problem.NAME_BLANK, "");
        assertRefused(character, Problem.NAME_BLANK, character);
        assertRefused(character.repeat(3), Problem.NAME_BLANK, character.repeat(3));
        assertRefused(" " + character + "\u3000", Problem.NAME_BLANK, " " + character + "\u3000");
    }

    @Test
    void a_control_character_is_refused_at_any_position() {
        IntStream.concat(IntStream.rangeClosed(0, 0x1F), IntStream.of(0x7F))
                .mapToObj(Character::toString)
                .flatMap(control -> Stream.of("a" + control, control + "a", "a" + control + "b"))
                .forEach(name -> assertRefused(name, Problem.NAME_CHARACTERS, name));
    }

    @Test
    void a_lone_surrogate_and_what_no_path_can_hold_are_refused() {
        for (String name : List.of("\uD83D", "\uDE00", "a\uD83D", "\uDE00a", "\uDE00\uD83D", "\uD83D\uD83D\uDE00")) {
            assertRefused(name, Problem.NAME_CHARACTERS, name);
        }
        for (String name : List.of(".", "..")) {
            assertRefused(name, Problem.NAME_DOTS, name);
        }
    }

    private static void assertRefused(String value, Problem problem, Object... arguments) {
        ApiException refusal = assertThrows(ApiException.class, () -> new Name(value));

        assertEquals(problem, refusal.problem());
        assertEquals(Status.MALFORMED, refusal.status());
        assertEquals(List.of(arguments), refusal.arguments());
    }
}
