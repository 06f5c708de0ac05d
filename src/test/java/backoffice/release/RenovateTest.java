package backoffice.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        for (JsonNode ofFiles : CONFIG.findValues("managerFilePatterns")) {
            patterns(ofFiles)
                    .forEach(pattern ->
                            assertTrue(files(Stream.of(pattern)).findAny().isPresent(), pattern::pattern));
        }
        for (JsonNode manager : CONFIG.get("customManagers")) {
            List<Pattern> versions = patterns(manager.get("matchStrings")).toList();
            List<Path> files =
                    files(patterns(manager.get("managerFilePatterns"))).toList();
            for (Path file : files) {
                assertTrue(versions.stream().anyMatch(version -> finds(version, file)), file + " has no version");
            }
            for (Pattern version : versions) {
                assertTrue(files.stream().anyMatch(file -> finds(version, file)), version + " finds nothing");
            }
        }
    }

    @Test
    void each_image_and_package_of_a_script_is_one_that_a_pattern_finds() {
        List<String> missed = new ArrayList<>();
        FILES.stream().filter(RenovateTest::isScript).forEach(file -> {
            String text = RepositoryFiles.text(file);
            List<Pattern> known = new ArrayList<>();
            for (JsonNode manager : CONFIG.get("customManagers")) {
                if (files(patterns(manager.get("managerFilePatterns"))).anyMatch(file::equals)) {
                    known.addAll(patterns(manager.get("matchStrings")).toList());
                }
            }
            VERSION.matcher(text)
                    .results()
                    .filter(found -> known.stream()
                            .flatMap(pattern -> pattern.matcher(text).results())
                            .noneMatch(match -> match.start() <= found.end() && found.start() <= match.end()))
                    .forEach(found -> missed.add(file + ": " + found.group()));
        });

        assertEquals(List.of(), missed);
    }

    private static boolean isScript(Path file) {
        return file.getFileName().toString().matches("[a-z-]+")
                && RepositoryFiles.text(file).startsWith("#!");
    }

    private static boolean finds(Pattern version, Path file) {
        return version.matcher(RepositoryFiles.text(file)).find();
    }

    private static Stream<Path> files(Stream<Pattern> patterns) {
        return patterns.flatMap(pattern ->
                FILES.stream().filter(file -> pattern.matcher(file.toString()).find()));
    }

    /** Those of files are between slashes. */
    private static Stream<Pattern> patterns(JsonNode texts) {
        return texts.valueStream().map(text -> Pattern.compile(text.asText().replaceAll("^/|/$", "")));
    }
}
