package backoffice.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A page has the same content in English and in Chinese. A new file in docs/zh is covered without a change here. */
class TranslationTest {

    private static final Pattern FIGURE = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern CODE = Pattern.compile("`[^`]+`");
    private static final Pattern LINK = Pattern.compile("]\\(([^):]+\\.md)[^)]*\\)");
    private static final Pattern COMMENT = Pattern.compile("(?m)^ *(?:#|;|--) .*\\n| +(?:#|;|--) .*$");

    /** The drawings have translated text. */
    private static final String DRAWING = "text";

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_lead_to_each_other(Translation pair) {
        assertEquals(pair.chinese().file(), firstTarget(pair.english()));
        assertEquals(pair.english().file(), firstTarget(pair.chinese()));
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_have_the_same_sections(Translation pair) {
        assertEquals(pair.english().levels(), pair.chinese().levels());
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_have_the_same_commands_with_the_same_answers(Translation pair) {
        assertEquals(commands(pair.english()), commands(pair.chinese()));
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_have_the_same_examples(Translation pair) {
        assertEquals(pair.english().languages(), pair.chinese().languages());
        assertEquals(examples(pair.english()), examples(pair.chinese()));
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_have_the_same_tables_with_the_same_figures_and_code(Translation pair) {
        assertSameInEachSection(pair, TranslationTest::tables);
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_have_the_same_figures_in_each_section(Translation pair) {
        assertSameInEachSection(
                pair, section -> found(FIGURE, section.words().stream()).toList());
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_name_the_same_things_in_each_section(Translation pair) {
        assertSameInEachSection(pair, section -> new TreeSet<>(section.code()));
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void both_lead_to_the_same_sections_of_the_same_pages(Translation pair) {
        assertSameInEachSection(pair, TranslationTest::targets);
    }

    @ParameterizedTest
    @MethodSource("backoffice.docs.Translation#all")
    void the_chinese_page_leads_to_chinese_pages_and_says_where_there_is_none(Translation pair) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : pair.chinese().text().lines().toList()) {
            for (MatchResult link : LINK.matcher(line).results().toList()) {
                Path target = Translation.target(pair.chinese(), link.group(1));
                boolean isEnglish = Translation.english(target).equals(target);
                if (isEnglish
                        && !link.group(1).equals(pair.chinese().links().get(0))
                        && (Translation.isTranslated(target) || !line.contains("英文"))) {
                    wrong.add(line);
                }
            }
        }

        assertEquals(List.of(), wrong);
    }

    private static void assertSameInEachSection(Translation pair, Function<Page, ?> content) {
        List<Page> english = pair.english().sections();
        List<Page> chinese = pair.chinese().sections();
        assertEquals(english.size(), chinese.size());
        assertAll(IntStream.range(0, english.size())
                .mapToObj(i -> () -> assertEquals(
                        content.apply(english.get(i)),
                        content.apply(chinese.get(i)),
                        () -> String.join(" ", english.get(i).anchors()))));
    }

    private static Path firstTarget(Page page) {
        return Translation.target(page, page.links().get(0));
    }

    private static List<String> commands(Page page) {
        return page.blocks("sh").stream()
                .flatMap(block -> block.commands().stream())
                .map(command -> command.text() + " " + command.answer())
                .toList();
    }

    private static List<String> examples(Page page) {
        return page.languages().stream()
                .distinct()
                .filter(language -> !language.equals("sh") && !language.equals(DRAWING))
                .flatMap(language -> page.blocks(language).stream())
                .map(block -> COMMENT.matcher(block.text()).replaceAll(""))
                .toList();
    }

    private static List<List<List<String>>> tables(Page page) {
        return page.tables().stream()
                .map(table -> table.stream()
                        .map(row -> row.stream()
                                .map(cell -> Stream.concat(
                                                found(CODE, Stream.of(cell)),
                                                found(
                                                        FIGURE,
                                                        Stream.of(CODE.matcher(cell)
                                                                .replaceAll(""))))
                                        .toList()
                                        .toString())
                                .toList())
                        .toList())
                .toList();
    }

    /** In no order, because the order of words differs. */
    private static Stream<String> found(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results())
                .map(MatchResult::group)
                .sorted();
    }

    /** Where the links lead: to which page, as the English one, and to which of its headings, as a number. */
    private static Set<String> targets(Page page) {
        return page.links().stream()
                .map(link -> link.matches("[a-z]+:.*") ? link : target(page, link))
                .collect(toCollection(TreeSet::new));
    }

    private static String target(Page page, String link) {
        Path file = Translation.target(page, link);
        if (file.startsWith("..")) {
            // Such as ../../releases, another page of the repository's host.
            return file.toString();
        }
        assertTrue(Files.exists(file), () -> page.file() + ": " + link);
        if (!link.contains("#")) {
            return Translation.english(file).toString();
        }
        int heading = Page.of(file.toString()).anchors().indexOf(link.replaceFirst(".*#", ""));
        assertTrue(heading >= 0, () -> page.file() + ": " + link);
        return Translation.english(file) + "#" + heading;
    }
}
