package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project has one version, in the pom, in the chart and in the changelog, and a script sets it. */
class VersionTest {

    private static final Path CHART = Path.of("k8s", "chart", "Chart.yaml");
    private static final Pattern RELEASE = Pattern.compile("## \\[(\\S+)] - \\d{4}-\\d\\d-\\d\\d");

    @TempDir
    Path folder;

    private Scripts scripts;

    @BeforeAll
    static void needsAShell() {
        Bash.require("awk", "sed");
    }

    @BeforeEach
    void copy() throws IOException {
        scripts = Scripts.ofRelease(folder);
    }

    @Test
    void the_chart_has_the_version_of_the_pom() throws Exception {
        JsonNode chart = new YAMLMapper().readTree(CHART.toFile());

        assertEquals(version(), chart.get("version").asText());
        assertEquals(version(), chart.get("appVersion").asText());
    }

    @Test
    void the_changelog_has_the_version_of_the_pom_or_says_that_its_changes_are_unreleased() throws Exception {
        List<String> headings = headings();

        assertEquals("## [Unreleased]", headings.get(0));
        assertThat(headings.stream().skip(1).toList(), everyItem(matchesPattern(RELEASE)));
        Matcher newest = RELEASE.matcher(headings.get(headings.size() > 1 ? 1 : 0));
        assertEquals(
                version().endsWith("-SNAPSHOT"),
                !(newest.matches() && newest.group(1).equals(version())));
    }

    @Test
    void a_release_gets_what_was_unreleased_as_its_notes() throws Exception {
        scripts.write("k8s/chart/Chart.yaml", "name: customer-groups\nversion: 1.0.0\nappVersion: 1.0.0\n");
        scripts.run("set-version", "1.1.0-SNAPSHOT");
        scripts.write(
                "CHANGELOG.md",
                scripts.read("CHANGELOG.md")
                        .replaceFirst(
                                "(?s)## \\[Unreleased]\n.*?(?=\n## \\[|$)",
                                "## [Unreleased]\n\n### Fixed\n\n- A fault.\n"));
        assertEquals("### Fixed\n\n- A fault.\n", scripts.run("notes"));

        scripts.run("set-version", "1.1.0");

        assertEquals("1.1.0\n", scripts.run("version"));
        assertEquals(
                "name: customer-groups\nversion: 1.1.0\nappVersion: 1.1.0\n", scripts.read("k8s/chart/Chart.yaml"));
        assertEquals("### Fixed\n\n- A fault.\n", scripts.run("check-tag", "v1.1.0"));
        assertThat(scripts.read("CHANGELOG.md"), containsString("## [Unreleased]\n\n## [1.1.0] - "));
        assertThat(scripts.read("pom.xml"), not(containsString("1.1.0-SNAPSHOT")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.2.3", "1.1.0", "v1.1.0-SNAPSHOT"})
    void a_tag_of_another_version_is_refused(String tag) throws Exception {
        scripts.run("set-version", "1.1.0-SNAPSHOT");

        assertEquals(1, scripts.end("check-tag", tag).exitCode());
    }

    @Test
    void a_release_without_notes_is_refused() throws Exception {
        scripts.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-11-26\n\n- All.\n");
        scripts.run("set-version", "1.1.0");

        Scripts.End end = scripts.end("check-tag", "v1.1.0");

        assertEquals(1, end.exitCode());
        assertThat(end.output(), startsWith("CHANGELOG.md has no notes under \"## [1.1.0] - \""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.1", "v1.1.0", "01.1.0", "1.1.0 ", "1.1.0-"})
    void a_version_that_is_not_semantic_is_refused_and_changes_nothing(String version) throws Exception {
        String pom = scripts.read("pom.xml");

        assertEquals(1, scripts.end("set-version", version).exitCode());
        assertEquals(pom, scripts.read("pom.xml"));
    }

    private String version() throws Exception {
        return scripts.run("version").strip();
    }

    private static List<String> headings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("CHANGELOG.md"))) {
            return lines.filter(line -> line.startsWith("## ")).toList();
        }
    }
}
