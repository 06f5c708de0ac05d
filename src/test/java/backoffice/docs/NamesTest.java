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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the docs call by its name has that name. */
class NamesTest {

    private static final Pattern CLASS =
            Pattern.compile("(?:[a-z]+/)?([A-Z][a-z]\\w*(?:Test|IT|Resource))(?:\\.([a-z]\\w+))?");
    private static final Pattern CLASS_IN_ROOM = Pattern.compile("([a-z][a-z0-9]*/[A-Z]\\w*)");
    private static final Pattern CALL = Pattern.compile("(GET|POST|PATCH|DELETE) /\\S+");

    @Test
    void each_test_and_each_resource_that_the_docs_name_is_there_with_its_method() {
        Map<String, String> sources = sources();

        List<String> missing = Page.all().stream()
                .flatMap(page -> page.code().stream())
                .map(CLASS::matcher)
                .filter(name -> name.matches() && !has(sources, name.group(1), name.group(2)))
                .map(name -> name.group())
                .toList();

        assertEquals(List.of(), missing);
    }

    @Test
    void each_class_that_the_docs_name_with_its_room_is_there() throws IOException {
        List<String> missing;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources = files.toList();
            missing = Page.all().stream()
                    .flatMap(page -> page.code().stream())
                    .map(CLASS_IN_ROOM::matcher)
                    .filter(Matcher::matches)
                    .map(name -> name.group(1) + ".java")
                    .filter(file -> sources.stream().noneMatch(source -> source.endsWith(file)))
                    .toList();
        }

        assertEquals(List.of(), missing);
    }

    @Test
    void the_page_on_the_reference_has_each_call_of_the_service() throws IOException {
        JsonNode paths = new YAMLMapper()
                .readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile())
                .get("paths");
        Set<String> calls = new TreeSet<>();
        paths.properties().stream()
                .filter(path -> !path.getValue().has("servers"))
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                calls.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        calls.removeIf(call -> !CALL.matcher(call).matches());

        Set<String> told = Page.of("docs/reference.md").tables().stream()
                .flatMap(List::stream)
                .flatMap(row -> CALL.matcher(row.get(0).replace("`", " ")).results())
                .map(MatchResult::group)
                .collect(toCollection(TreeSet::new));

        assertEquals(calls, told);
    }

    private static boolean has(Map<String, String> sources, String type, String method) {
        String source = sources.get(type);
        return source != null && (method == null || source.contains(" " + method + "("));
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            NamesTest::read,
                            (one, other) -> one + other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
