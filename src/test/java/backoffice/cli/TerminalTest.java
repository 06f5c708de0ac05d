package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of clients do not control the terminal of the user of a command. */
class TerminalTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "0000, 0008, true", "0009, 000A, false", "000B, 001F, true", "0020, 007E, false",
        "007F, 009F, true", "00A0, 00AC, false", "00AD, 00AD, true", "00AE, 05FF, false",
        "061B, 061B, false", "061C, 061C, true", "061D, 06DC, false", "200B, 200F, true",
        "2010, 2027, false", "2028, 202E, true", "202F, 205F, false", "2060, 2064, true",
        "2066, 206F, true", "2070, D7FF, false", "D800, DFFF, true", "E000, FEFE, false",
        "FEFF, FEFF, true", "FF00, FFF8, false", "FFF9, FFFB, true", "10000, 10FFF, false",
        "1D173, 1D17A, true", "1F000, 1FFFF, false", "E0020, E007F, true"
    })
    void a_character_that_is_invisible_or_turns_the_text_is_printed_as_in_json_and_any_other_as_it_is(
            String first, String last, boolean control) {
        for (int i = Integer.parseInt(first, 16); i <= Integer.parseInt(last, 16); i++) {
            String character = Character.toString(i);
            String escaped = character.chars().mapToObj("\\u%04x"::formatted).collect(joining());
            assertEquals(control ? escaped : character, printed(character));
        }
        // And so is a line end of another system
        assertEquals("a\r\nb", printed("a\r\nb"));
    }

    @Test
    void a_line_of_json_keeps_its_value() throws IOException {
        String text = IntStream.rangeClosed(0, Character.MAX_VALUE)
                .mapToObj(Character::toString)
                .collect(joining(" "));

        byte[] line = Terminal.jsonLine(JSON.writeValueAsString(text));

        assertThat(JSON.readValue(line, String.class).equals(text), is(true));
        assertThat(new String(line, UTF_8).lines().count(), is(1L));
        assertThat(printed(new String(line, UTF_8)).equals(new String(line, UTF_8)), is(true));
    }

    private static String printed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Terminal.on(new PrintStream(bytes, true, UTF_8)).printf("%s", text);
        return bytes.toString(UTF_8);
    }
}
