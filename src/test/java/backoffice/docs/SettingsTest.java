package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.RepositoryFiles;
import io.smallrye.common.classloader.ClassPathUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every setting that the docs name exists, in application.properties or in the list that Quarkus generates. One table
 * has all settings of the service.
 */
class SettingsTest {

    private static final String PROPERTIES = RepositoryFiles.text(Path.of("src/main/resources/application.properties"));

    private static final Pattern VARIABLE = Pattern.compile("\\b((?:BACKOFFICE|QUARKUS)_[A-Z0-9_]*[A-Z0-9])");
    private static final Pattern PROPERTY =
            Pattern.compile("`(?:-D)?((?:backoffice(?!\\.test)|quarkus)\\.[a-z0-9.-]+)[=`]");

    /** What Quarkus says of itself in each of its libraries. */
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";

    private static final Pattern LISTED = Pattern.compile("\"property\" : \"((?:[^\"\\\\]|\\\\.)+)\"");
    private static final Pattern OWN = Pattern.compile("(?m)^(?:%[a-z]+\\.)?(backoffice\\.[a-z0-9.-]+)=");
    private static final Pattern IN_PRODUCTION =
            Pattern.compile("(?m)^(?:%prod\\.)?((?:backoffice|quarkus)\\.[a-z0-9.-]+)=(.*)$");

    /** A setting without a default, such as that of a file, stands only where another one takes its value. */
    private static final Pattern TAKEN = Pattern.compile("\\$\\{(backoffice\\.[a-z0-9.-]+)[:}]");

    private static final String KEYS = "backoffice.bitkeys.<vendor>";

    /** Look like settings: the logger that a category of the log is set for, and a setting of a session of PostgreSQL. */
    private static final List<String> OTHERS = List.of("backoffice.calls", "backoffice.actor");

    /** They follow from the options with which the service was built. */
    private static final String OF_THE_BUILD = "backoffice.readiness";

    @Test
    void each_variable_and_property_that_the_docs_name_is_a_setting() throws IOException {
        Set<String> named = Page.all().stream()
                .flatMap(page -> Stream.concat(
                        matches(VARIABLE, page.text()),
                        matches(PROPERTY, page.text()).map(SettingsTest::variable)))
                .collect(toCollection(TreeSet::new));

        List<Pattern> settings = settings();
        named.removeIf(name ->
                settings.stream().anyMatch(setting -> setting.matcher(name).matches()));

        assertEquals(Set.of(), named);
    }

    @Test
    void the_table_has_each_setting_of_the_service_with_its_variable_and_default() {
        Map<String, String> defaults = new TreeMap<>(Map.of(KEYS, "${}"));
        matches(TAKEN, PROPERTIES).forEach(property -> defaults.put(property, ""));
        IN_PRODUCTION.matcher(PROPERTIES).results().forEach(found -> defaults.put(found.group(1), found.group(2)));
        Set<String> expected = new TreeSet<>(defaults.keySet());
        expected.removeIf(property -> !property.startsWith("backoffice.") || property.startsWith(OF_THE_BUILD));

        Set<String> told = new TreeSet<>();
        Page.of("docs/configuration.md").rows("property").forEach(row -> {
            String property = code(row.get(1));
            told.add(property);
            if (!property.equals(KEYS)) {
                assertEquals(variable(property), code(row.get(0)));
            }
            String value = defaults.getOrDefault(property, "${}");
            if (!value.contains("${")) {
                assertEquals(value.isEmpty() ? "none" : value, row.get(2), property);
            }
        });
        told.removeIf(property -> !property.startsWith("backoffice."));
        assertEquals(expected, told);
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }

    private static List<Pattern> settings() throws IOException {
        List<Pattern> settings = new ArrayList<>(List.of(Pattern.compile("BACKOFFICE_BITKEYS(_[A-Z]*)?")));
        Stream.of(OTHERS.stream(), matches(OWN, PROPERTIES), matches(TAKEN, PROPERTIES))
                .flatMap(properties -> properties.map(SettingsTest::pattern))
                .forEach(settings::add);
        ClassPathUtils.consumeAsPaths(
                MODEL,
                file -> matches(LISTED, RepositoryFiles.text(file))
                        .map(SettingsTest::pattern)
                        .forEach(settings::add));
        return settings;
    }

    /** A key in quotes stands for any name, or for none. */
    private static Pattern pattern(String property) {
        return Pattern.compile(Stream.of(property.split("\\.?\\\\\"[^\"]+\"\\.?", -1))
                .map(SettingsTest::variable)
                .collect(joining("(_*[A-Z0-9_]+?_*)?_*")));
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }
}
