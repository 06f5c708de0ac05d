package backoffice.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One table of the docs has all settings of the service, as application.properties has them for production. */
class SettingsTableTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");
    private static final String KEYS = "backoffice.bitkeys.<vendor>";
    private static final Pattern SET =
            Pattern.compile("(?m)^(?:%prod\\.)?((?:backoffice|quarkus)\\.[a-z0-9.-]+)=(.*)$");

    /** A setting without a value stands only where another one takes its value. */
    private static final Pattern TAKEN = Pattern.compile("\\$\\{(backoffice\\.[a-z0-9.-]+)[:}]");

    /** They follow from the options with which the service was built. */
    private static final Pattern OF_THE_BUILD = Pattern.compile("backoffice\\.readiness.*");

    @Test
    void it_has_each_setting_of_the_service() throws IOException {
        Set<String> expected = new TreeSet<>(settings().keySet());
        expected.removeIf(property -> !property.startsWith("backoffice."));
        expected.removeIf(OF_THE_BUILD.asMatchPredicate());
        expected.add(KEYS);

        assertEquals(
                expected,
                rows().map(row -> code(row.get(1)))
                        .filter(property -> property.startsWith("backoffice."))
                        .collect(toCollection(TreeSet::new)));
    }

    @Test
    void it_has_the_environment_variable_and_the_default_of_each() throws IOException {
        Map<String, String> settings = settings();

        rows().filter(row -> !code(row.get(1)).equals(KEYS)).forEach(row -> {
            String property = code(row.get(1));
            assertEquals(property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), code(row.get(0)));
            String value = settings.getOrDefault(property, "${}");
            if (!value.contains("${")) {
                assertEquals(value.isEmpty() ? "none" : value, row.get(2), property);
            }
        });
    }

    @Test
    void it_has_each_value_of_the_encryption_to_postgresql() {
        List<String> values =
                Stream.of(SslMode.values()).map(mode -> mode.value).toList();

        assertEquals(
                List.of(values),
                rows().filter(row -> code(row.get(1)).equals("backoffice.database.tls"))
                        .map(row -> List.of(code(row.get(3)).split(", ")))
                        .toList());
        assertEquals(
                Set.copyOf(values),
                Page.of(PAGE.toString()).tables().stream()
                        .filter(table -> table.get(0).get(0).equals("value"))
                        .flatMap(table -> table.stream().skip(1))
                        .map(row -> code(row.get(0)))
                        .collect(toCollection(TreeSet::new)));
    }

    @Test
    void no_other_page_has_a_table_of_settings() {
        List<Path> pages = Page.all().stream()
                .filter(page -> page.tables().stream().anyMatch(SettingsTableTest::isOfSettings))
                .map(Page::file)
                .toList();

        assertEquals(List.of(PAGE), pages);
    }

    private static boolean isOfSettings(List<List<String>> table) {
        return table.get(0).contains("property");
    }

    private static Stream<List<String>> rows() {
        return Page.of(PAGE.toString()).tables().stream()
                .filter(SettingsTableTest::isOfSettings)
                .flatMap(table -> table.stream().skip(1));
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }

    /** The values in production, by property. */
    private static Map<String, String> settings() throws IOException {
        String text = Files.readString(Path.of("src/main/resources/application.properties"));
        Map<String, String> settings = new TreeMap<>();
        TAKEN.matcher(text).results().forEach(found -> settings.put(found.group(1), ""));
        SET.matcher(text).results().forEach(found -> settings.put(found.group(1), found.group(2)));
        return settings;
    }
}
