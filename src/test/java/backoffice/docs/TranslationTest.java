package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README has the same content in English and in Chinese. */
class TranslationTest {

    private static final Pattern FIGURE = Pattern.compile("\\d+");

    private final Page english = Page.of("README.md");
    private final Page chinese = Page.of("README.zh.md");

    @Test
    void both_lead_to_each_other() {
        assertEquals("README.zh.md", english.links().get(0));
        assertEquals("README.md", chinese.links().get(0));
    }

    @Test
    void both_have_the_same_commands_with_the_same_answers() {
        assertEquals(commands(english), commands(chinese));
        assertEquals(english.blocks("text").size(), chinese.blocks("text").size());
    }

    @Test
    void both_have_the_same_sections() {
        assertEquals(english.levels(), chinese.levels());
    }

    @Test
    void both_have_the_same_tables_with_the_same_figures() {
        assertEquals(figures(english), figures(chinese));
    }

    @Test
    void both_name_the_same_things() {
        assertEquals(Set.of(), missing(english, chinese));
        assertEquals(Set.of(), missing(chinese, english));
    }

    /** What one names and the other does not. */
    private static Set<String> missing(Page one, Page other) {
        Set<String> missing = new TreeSet<>(one.code());
        missing.removeAll(other.code());
        return missing;
    }

    private static List<String> commands(Page page) {
        return page.blocks("sh").stream()
                .flatMap(block -> block.commands().stream())
                .map(command -> command.text() + " " + command.answer())
                .toList();
    }

    private static List<List<List<String>>> figures(Page page) {
        return page.tables().stream()
                .map(table -> table.stream()
                        .map(row ->
                                row.stream().flatMap(TranslationTest::figures).toList())
                        .toList())
                .toList();
    }

    private static Stream<String> figures(String cell) {
        return FIGURE.matcher(cell).results().map(MatchResult::group);
    }
}
