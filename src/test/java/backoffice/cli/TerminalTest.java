package backoffice.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
    @CsvSource({"0000, 0008", "000B, 001F", "007F, 009F", "2028, 202E", "2066, 2069", "D800, DFFF"})
    void a_control_character_is_printed_as_in_json(String first, String last) {
        for (int c = Integer.parseInt(first, 16); c <= Integer.parseInt(last, 16); c++) {
            assertEquals("a\\u%04xb".formatted(c), printed("a" + (char) c + "b"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0009, 000A", "0020, 007E", "00A0, 2027", "202F, 2065", "206A, D7FF", "E000, 10FFFF"})
    void any_other_character_is_printed_as_it_is(String first, String last) {
        String text = IntStream.rangeClosed(Integer.parseInt(first, 16), Integer.parseInt(last, 16))
                .mapToObj(Character::toString)
                .collect(joining());

        assertThat(printed(text).equals(text), is(true));
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

    @Test
    void nothing_else_writes_to_the_standard_streams() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Terminal.class.getName())
                .should(ACCESS_STANDARD_STREAMS)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("backoffice"));
    }

    private static String printed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Terminal.on(new PrintStream(bytes, true, UTF_8)).printf("%s", text);
        return bytes.toString(UTF_8);
    }
}
