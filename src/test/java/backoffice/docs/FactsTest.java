package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.search.Fields;
import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the docs name is there, and their tables say what the code says. */
class FactsTest {

    private static final Pattern CLASS =
            Pattern.compile("([a-z][a-z0-9]*/[A-Z]\\w*|[A-Z][a-z]\\w*(?:Test|IT|Resource))(?:\\.(?!java)([a-z]\\w+))?");

    private static final Pattern NAMES_A_TEST = Pattern.compile("`(?:[a-z][a-z0-9]*/)?[A-Z]\\w+(?:Test|IT)`");

    /** The begin of the text of a warning or an error, up to the end of its first line. */
    private static final Pattern LOGGED = Pattern.compile("LOG\\.(?:warn|error)f?\\([^\"]*\"([^\"]+)\"");

    private static final Pattern IDLE_TIMEOUT =
            Pattern.compile("\\b(?:keepalive_timeout |ttl=|idleConnTimeout: )(\\d+)");

    @Test
    void each_link_leads_to_a_file_and_a_heading_that_are_there() {
        List<String> dead = Page.all().stream()
                .flatMap(page -> page.links().stream()
                        .filter(link -> !link.matches(Page.ELSEWHERE) && !isThere(page.target(link), link))
                        .map(link -> page.file() + ": " + link))
                .toList();

        assertEquals(List.of(), dead);
    }

    private static boolean isThere(Path file, String link) {
        return Files.exists(file)
                && (!link.contains("#") || Page.of(file).anchors().contains(link.replaceFirst(".*#", "")));
    }

    /** GitHub ends no emphasis between a full stop of Chinese and the next character. */
    @Test
    void no_page_shows_the_markup_of_an_emphasis() {
        List<String> shown = Page.all().stream()
                .flatMap(page -> page.words().stream()
                        .filter(text -> text.contains("**"))
                        .map(text -> page.file() + ": " + text))
                .toList();

        assertEquals(List.of(), shown);
    }

    @Test
    void each_class_that_the_docs_name_with_its_room_or_as_a_test_or_a_resource_is_there_with_its_method() {
        List<Path> sources = RepositoryFiles.below("src").toList();

        List<String> missing = Page.all().stream()
                .flatMap(page -> page.code().stream())
                .map(CLASS::matcher)
                .filter(Matcher::matches)
                .filter(name -> sources.stream()
                        .filter(source -> source.endsWith(name.group(1) + ".java"))
                        .noneMatch(source -> name.group(2) == null
                                || RepositoryFiles.text(source).contains(" " + name.group(2) + "(")))
                .map(Matcher::group)
                .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void the_table_of_one_call_has_as_many_files_as_the_sentence_above_it_says() {
        Page page = Page.of("ARCHITECTURE.md");
        Matcher said = Pattern.compile("open\\s+these (\\d+) files\\.").matcher(page.text());
        assertTrue(said.find());

        Set<String> files = page.rows("files")
                .flatMap(row -> Pattern.compile("`[^`]+`").matcher(row.get(1)).results())
                .map(MatchResult::group)
                .collect(toSet());

        assertEquals(Integer.parseInt(said.group(1)), files.size(), files::toString);
    }

    @Test
    void each_promise_names_its_test() {
        Page page = Page.of("docs/maintaining/promises.md");
        Stream<String> ofLists = Stream.of(page.text().split("\n(?=- |\n)")).filter(item -> item.startsWith("- "));
        Stream<String> ofTables = page.rows("test").map(row -> row.get(0) + row.get(row.size() - 1));
        List<String> promises = Stream.concat(ofLists, ofTables).toList();

        assertFalse(promises.isEmpty());
        assertEquals(
                List.of(),
                promises.stream()
                        .filter(promise -> !NAMES_A_TEST.matcher(promise).find())
                        .toList());
    }

    /** A failure prints the whole table as it must be, ready to paste. */
    @Test
    void the_tables_of_operators_fields_and_statuses_are_those_of_the_code() {
        Map.of(
                        "6.2", ApiTables.operators(),
                        "6.3", Stream.of(Fields.values()).map(ApiTables::fields).collect(joining("\n")),
                        "8.1", ApiTables.statuses())
                .forEach((section, table) -> assertEquals(
                        table,
                        ApiTables.of(section),
                        () -> "docs/api.md, section " + section + ", must have this table:\n\n" + table));
    }

    /** A request that meets the end of its connection gets 502. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/operating.md",
                "docs/hosted-server/nginx.conf",
                "deploy/sign-in/apache.conf",
                "k8s/samples/ingress/idle-timeout.yaml"
            })
    void each_proxy_closes_a_resting_connection_before_the_service_does(Path configuration) {
        int seconds = Integer.parseInt(RepositoryFiles.text(Path.of("src/main/resources/application.properties"))
                .split("\nquarkus[.]http[.]idle-timeout=")[1]
                .split("s")[0]);
        List<Integer> ofProxies = IDLE_TIMEOUT
                .matcher(RepositoryFiles.text(configuration))
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();

        assertFalse(ofProxies.isEmpty());
        assertTrue(ofProxies.stream().allMatch(proxy -> proxy < seconds - 5), ofProxies::toString);
    }

    @Test
    void the_table_of_log_lines_has_each_warning_and_each_error_of_the_service() {
        List<Pattern> told = Page.of("docs/operating.md")
                .rows("level")
                .map(row -> Stream.of(row.get(0).replace("`", "").split("…", -1))
                        .map(Pattern::quote)
                        .collect(joining(".*")))
                .map(Pattern::compile)
                .toList();
        List<String> logged = RepositoryFiles.below("src/main/java")
                .map(RepositoryFiles::text)
                .flatMap(source -> LOGGED.matcher(source).results())
                .map(found -> found.group(1))
                .toList();

        assertFalse(logged.isEmpty());
        assertEquals(
                List.of(),
                logged.stream()
                        .filter(line ->
                                told.stream().noneMatch(row -> row.matcher(line).lookingAt()))
                        .toList());
    }
}
