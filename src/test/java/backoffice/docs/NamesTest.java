package backoffice.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the docs call by its name has that name. */
class NamesTest {

    private static final Pattern CLASS =
            Pattern.compile("([a-z][a-z0-9]*/[A-Z]\\w*|[A-Z][a-z]\\w*(?:Test|IT|Resource))(?:\\.(?!java)([a-z]\\w+))?");
    private static final Pattern CALL = Pattern.compile("(GET|POST|PATCH|DELETE) /\\S+");

    @Test
    void each_class_that_the_docs_name_with_its_room_or_as_a_test_or_a_resource_is_there_with_its_method()
            throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            sources = files.filter(Files::isRegularFile).toList();
        }

        List<String> missing = Page.all().stream()
                .flatMap(page -> page.code().stream())
                .map(CLASS::matcher)
                .filter(Matcher::matches)
                .filter(name -> sources.stream()
                        .filter(source -> source.endsWith(name.group(1) + ".java"))
                        .noneMatch(
                                source -> name.group(2) == null || read(source).contains(" " + name.group(2) + "(")))
                .map(Matcher::group)
                .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void each_promise_names_its_test_or_what_shows_it_instead() {
        List<String> without = Page.of("docs/maintaining/promises.md").tables().stream()
                .filter(table -> table.get(0).contains("test"))
                .flatMap(table -> table.stream()
                        .filter(row -> row.get(table.get(0).indexOf("test")).isBlank()))
                .map(row -> row.get(0))
                .toList();

        assertEquals(List.of(), without);
    }

    @Test
    void the_page_on_the_reference_has_each_call_of_the_service() throws IOException {
        JsonNode paths = new YAMLMapper()
                .readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile())
                .get("paths");
        Set<String> calls = new TreeSet<>();
        paths.properties().stream()
                .filter(path -> !path.getKey().startsWith("/backoffice/"))
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                calls.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        calls.removeIf(call -> !CALL.matcher(call).matches());

        Set<String> told = Page.of("docs/maintaining/reference.md").tables().stream()
                .flatMap(List::stream)
                .flatMap(row -> CALL.matcher(row.get(0).replace("`", " ")).results())
                .map(MatchResult::group)
                .collect(toCollection(TreeSet::new));

        assertEquals(calls, told);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
