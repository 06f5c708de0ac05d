package backoffice.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Renovate finds the versions that stand in scripts, workflows and settings. Of other files, it knows the format. */
class RenovateTest {

    private static final Pattern VERSION =
            Pattern.compile("(?<![\\w$@/-])[\\w@/-]+[@:]v?\\d+(?:\\.\\d+)+|\\bpostgres:\\d+");

    private static final List<Path> FILES =
            RepositoryFiles.below(".ci", ".github", "k8s", "src").toList();
    private static final JsonNode CONFIG = Unchecked.supplier(() -> new ObjectMapper()
                    .readTree(Path.of(".github", "renovate.json").toFile()))
            .get();

    @Test
    void each_pattern_stands_for_files_or_finds_a_version_and_each_file_has_one() {
        CONFIG.findValues("managerFilePatterns").stream()
                .flatMap(RenovateTest::patterns)
                .forEach(pattern -> assertTrue(FILES.stream().anyMatch(file -> isOf(pattern, file)), pattern::pattern));
        for (JsonNode manager : CONFIG.get("customManagers")) {
            List<Path> files =
                    FILES.stream().filter(file -> manages(manager, file)).toList();
            files.forEach(file -> assertTrue(
                    patterns(manager.get("matchStrings")).anyMatch(version -> finds(version, file)),
                    file + " has no version"));
            patterns(manager.get("matchStrings"))
                    .forEach(version -> assertTrue(
                            files.stream().anyMatch(file -> finds(version, file)), version + " finds nothing"));
        }
    }

    @Test
    void each_image_and_package_of_a_script_is_one_that_a_pattern_finds() {
        List<String> missed = FILES.stream()
                .filter(file -> file.getFileName().toString().matches("[a-z-]+"))
                .filter(file -> RepositoryFiles.text(file).startsWith("#!"))
                .flatMap(file -> VERSION.matcher(RepositoryFiles.text(file))
                        .results()
                        .filter(version -> known(file)
                                .noneMatch(match -> match.start() <= version.end() && version.start() <= match.end()))
                        .map(version -> file + ": " + version.group()))
                .toList();

        assertEquals(List.of(), missed);
    }

    private static Stream<MatchResult> known(Path file) {
        return CONFIG.get("customManagers")
                .valueStream()
                .filter(manager -> manages(manager, file))
                .flatMap(manager -> patterns(manager.get("matchStrings")))
                .flatMap(version -> version.matcher(RepositoryFiles.text(file)).results());
    }

    private static boolean manages(JsonNode manager, Path file) {
        return patterns(manager.get("managerFilePatterns")).anyMatch(pattern -> isOf(pattern, file));
    }

    private static boolean isOf(Pattern pattern, Path file) {
        return pattern.matcher(file.toString()).find();
    }

    private static boolean finds(Pattern version, Path file) {
        return version.matcher(RepositoryFiles.text(file)).find();
    }

    /** Those of files are between slashes. */
    private static Stream<Pattern> patterns(JsonNode texts) {
        return texts.valueStream().map(text -> Pattern.compile(text.asText().replaceAll("^/|/$", "")));
    }
}
