package backoffice.docs;

import static org.junit.jupiter.api.Assertions.*;

import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A page has the same content in English and in Chinese. A new file in docs/zh is covered without a change here. */
class TranslationTest {

    private static final Path FOLDER = Path.of("docs", "zh");
    private static final Pattern FIGURE = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern CODE = Pattern.compile("`[^`]+`");
    private static final Pattern COMMENT = Pattern.compile("(?m)^ *(?:#|;|--) .*\\n| +(?:#|;|--) .*$");

    static Stream<Path> translations() {
        return Stream.concat(RepositoryFiles.top(), RepositoryFiles.below("k8s", FOLDER.toString()))
                .filter(file -> file.startsWith(FOLDER) || file.toString().endsWith(".zh.md"));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void both_lead_to_each_other_and_have_the_same_content_in_each_section(Path file) {
        Page chinese = Page.of(file);
        Page english = Page.of(english(file));
        assertEquals(file, english.target(english.links().get(0)));
        assertEquals(english.file(), chinese.target(chinese.links().get(0)));

        List<Page> expected = english.sections();
        List<Page> sections = chinese.sections();
        assertEquals(expected.size(), sections.size());
        assertAll(IntStream.range(0, sections.size())
                .mapToObj(i -> () -> assertEquals(content(expected.get(i)), content(sections.get(i)))));
    }

    /** The English page of a translation; any other file is its own. */
    private static Path english(Path file) {
        return file.startsWith(FOLDER)
                ? FOLDER.resolveSibling(FOLDER.relativize(file))
                : file.resolveSibling(file.getFileName().toString().replace(".zh.md", ".md"));
    }

    /** What both languages have of a section: its level, commands, examples, tables, figures, names and links. */
    private static List<Object> content(Page section) {
        return List.of(
                section.levels(),
                section.languages(),
                section.languages().stream()
                        .distinct()
                        // Drawings have translated text.
                        .filter(language -> !language.equals("text"))
                        .flatMap(language -> section.blocks(language).stream().map(block -> example(language, block)))
                        .toList(),
                tables(section),
                found(FIGURE, section.words().stream()),
                new TreeSet<>(section.code()),
                new TreeSet<>(section.links().stream()
                        .map(link -> target(section, link))
                        .toList()));
    }

    private static Object example(String language, Shell block) {
        return language.equals("sh")
                ? block.commands().stream()
                        .map(command -> command.text() + " " + command.answer())
                        .toList()
                : COMMENT.matcher(block.text()).replaceAll("");
    }

    private static List<List<String>> tables(Page page) {
        return page.tables().stream()
                .flatMap(List::stream)
                .map(row -> row.stream()
                        .map(cell -> found(CODE, Stream.of(cell)) + " " + found(FIGURE, CODE.splitAsStream(cell)))
                        .toList())
                .toList();
    }

    /** In no order, because the order of words differs. */
    private static List<String> found(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results())
                .map(MatchResult::group)
                .sorted()
                .toList();
    }

    /** Where a link leads: to which page, as the English one, and to which of its headings, as a number. */
    private static String target(Page page, String link) {
        if (link.matches(Page.ELSEWHERE)) {
            return link;
        }
        Path file = page.target(link);
        int heading = link.contains("#") ? Page.of(file).anchors().indexOf(link.replaceFirst(".*#", "")) : -1;
        return english(file) + "#" + heading;
    }
}
