package backoffice.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every setting that the docs name exists, in application.properties or in the list that Quarkus generates. */
class SettingsTest {

    private static final Pattern VARIABLE = Pattern.compile("\\b(BACKOFFICE|QUARKUS)_[A-Z0-9_]*[A-Z0-9]");
    private static final Pattern PROPERTY =
            Pattern.compile("`(?:-D)?((?:backoffice(?!\\.test)|quarkus)\\.[a-z0-9.-]+)[=`]");

    /** Such as -Dfuzz.rounds=50; -Dit.test is for Maven. */
    private static final Pattern OPTION = Pattern.compile("`-D((?!quarkus|backoffice|it\\.test)[a-z]+\\.[a-z]+)=");

    /** What Quarkus says of itself in each of its libraries. */
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";

    private static final Pattern LISTED = Pattern.compile("\"property\" : \"((?:[^\"\\\\]|\\\\.)+)\"");
    private static final Pattern OWN = Pattern.compile("(?m)^(?:%[a-z]+\\.)?(backoffice\\.[a-z0-9.-]+)=");

    /** A setting without a default, such as that of a file, stands only where another one takes its value. */
    private static final Pattern TAKEN = Pattern.compile("\\$\\{(backoffice\\.[a-z0-9.-]+)[:}]");

    /** Looks like a setting, and is the logger that a category of the log is set for. */
    private static final String LOGGER = "backoffice.calls";

    /** Looks like a setting, and is one of a session of PostgreSQL. */
    private static final String OF_SESSION = "backoffice.actor";

    @Test
    void each_variable_and_property_that_the_docs_name_is_a_setting() throws IOException {
        Set<String> named = Page.all().stream()
                .flatMap(page -> Stream.concat(
                        matches(VARIABLE, page.text()).map(found -> found.group()),
                        matches(PROPERTY, page.text()).map(found -> variable(found.group(1)))))
                .collect(toCollection(TreeSet::new));

        List<Pattern> settings = settings();
        named.removeIf(name ->
                settings.stream().anyMatch(setting -> setting.matcher(name).matches()));

        assertEquals(Set.of(), named);
    }

    @Test
    void each_option_that_the_docs_offer_to_tests_is_read_by_one() throws IOException {
        String tests;
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            tests = files.filter(Files::isRegularFile).map(SettingsTest::read).collect(joining());
        }
        Set<String> unread = Page.all().stream()
                .flatMap(page -> matches(OPTION, page.text()))
                .map(found -> found.group(1))
                .filter(option -> !tests.contains('"' + option + '"'))
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), unread);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Pattern> settings() throws IOException {
        List<Pattern> settings = new ArrayList<>();
        String own = Files.readString(Path.of("src/main/resources/application.properties"));
        Stream.concat(matches(OWN, own), matches(TAKEN, own))
                .forEach(found -> settings.add(Pattern.compile(variable(found.group(1)))));
        settings.add(Pattern.compile("BACKOFFICE_BITKEYS(_[A-Z]*)?"));
        settings.add(Pattern.compile(variable(LOGGER)));
        settings.add(Pattern.compile(variable(OF_SESSION)));
        for (URL model : Collections.list(SettingsTest.class.getClassLoader().getResources(MODEL))) {
            try (InputStream in = model.openStream()) {
                matches(LISTED, new String(in.readAllBytes(), UTF_8))
                        .forEach(found -> settings.add(pattern(found.group(1))));
            }
        }
        return settings;
    }

    /** A key in quotes stands for any name, or for none. */
    private static Pattern pattern(String property) {
        String[] parts = property.replace("\\\"", "\"").split("\\.(?=\")|(?<=\")\\.");
        StringBuilder pattern = new StringBuilder();
        for (String part : parts) {
            pattern.append(
                    part.startsWith("\"") ? "(_*[A-Z0-9_]+?_*)?" : (pattern.isEmpty() ? "" : "_*") + variable(part));
        }
        return Pattern.compile(pattern.toString());
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
