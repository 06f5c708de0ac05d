package backoffice.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import java.util.List;
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
        assertEquals(value, Name.fromString(value).toString());
    }

    @Test
    void names_that_look_alike_are_different_names() {
        assertNotEquals(new Name("\u00E9"), new Name("e\u0301"));
        assertNotEquals(new Name("a"), new Name("A"));
        assertNotEquals(new Name("a"), new Name("a "));
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

        assertRefused(character, Problem.NAME_BLANK, character);
        assertRefused(character.repeat(3), Problem.NAME_BLANK, character.repeat(3));
        assertRefused(" " + character + "\u3000", Problem.NAME_BLANK, " " + character + "\u3000");
    }

    @Test
    void the_empty_name_is_blank() {
        assertRefused("", Problem.NAME_BLANK, "");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10,
                0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 0x7F
            })
    void a_control_character_is_refused_at_any_position(int codePoint) {
        String character = Character.toString(codePoint);

        assertRefused("a" + character, Problem.NAME_CHARACTERS, "a" + character);
        assertRefused(character + "a", Problem.NAME_CHARACTERS, character + "a");
        assertRefused("a" + character + "b", Problem.NAME_CHARACTERS, "a" + character + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uD83D", "\uDE00a", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
    void a_lone_surrogate_is_refused(String value) {
        assertRefused(value, Problem.NAME_CHARACTERS, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void a_name_that_no_path_can_hold_is_refused(String value) {
        assertRefused(value, Problem.NAME_DOTS, value);
    }

    private static void assertRefused(String value, Problem problem, Object... arguments) {
        ApiException refusal = assertThrows(ApiException.class, () -> new Name(value));

        assertEquals(problem, refusal.problem());
        assertEquals(Status.MALFORMED, refusal.status());
        assertEquals(List.of(arguments), refusal.arguments());
    }
}
