package backoffice.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Renovate finds the versions that stand in scripts, workflows and settings. Of other files, it knows the format. */
class RenovateTest {

    private static final List<Path> FOLDERS =
            Stream.of(".ci", ".github", "k8s", "src").map(Path::of).toList();

    @Test
    void each_pattern_finds_a_version_and_each_file_has_one() throws IOException {
        List<String> idle = new ArrayList<>();
        for (JsonNode manager : config().get("customManagers")) {
            List<Pattern> versions = patterns(manager.get("matchStrings"));
            List<Path> files = files(manager.get("managerFilePatterns"));
            List<String> texts = new ArrayList<>();
            for (Path file : files) {
                texts.add(Files.readString(file));
                if (versions.stream()
                        .noneMatch(version ->
                                version.matcher(texts.get(texts.size() - 1)).find())) {
                    idle.add(file + " has no version");
                }
            }
            versions.stream()
                    .filter(version -> texts.stream()
                            .noneMatch(text -> version.matcher(text).find()))
                    .forEach(version -> idle.add(version + " finds nothing"));
        }

        assertEquals(List.of(), idle);
    }

    @Test
    void each_pattern_of_files_stands_for_some() throws IOException {
        for (JsonNode patterns : config().findValues("managerFilePatterns")) {
            for (JsonNode pattern : patterns) {
                assertFalse(
                        files(new ObjectMapper().createArrayNode().add(pattern)).isEmpty(), pattern.asText());
            }
        }
    }

    @Test
    void each_image_and_package_of_a_script_is_one_that_a_pattern_finds() throws IOException {
        Pattern version = Pattern.compile("(?<![\\w$@/-])[\\w@/-]+[@:]v?\\d+(?:\\.\\d+)+|\\bpostgres:\\d+");
        List<String> missed = new ArrayList<>();
        for (Path file : scripts()) {
            String text = Files.readString(file);
            List<JsonNode> managers = new ArrayList<>();
            for (JsonNode manager : config().get("customManagers")) {
                if (files(manager.get("managerFilePatterns")).contains(file)) {
                    managers.add(manager);
                }
            }
            version.matcher(text).results().forEach(found -> {
                boolean isFound = managers.stream()
                        .flatMap(manager -> patterns(manager.get("matchStrings")).stream())
                        .flatMap(pattern -> pattern.matcher(text).results())
                        .anyMatch(match -> match.start() <= found.end() && found.start() <= match.end());
                if (!isFound) {
                    missed.add(file + ": " + found.group());
                }
            });
        }

        assertEquals(List.of(), missed);
    }

    private static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (Path file : files()) {
            if (file.getFileName().toString().matches("[a-z-]+")
                    && Files.readString(file).startsWith("#!")) {
                scripts.add(file);
            }
        }
        return scripts;
    }

    private static JsonNode config() throws IOException {
        return new ObjectMapper().readTree(Path.of(".github", "renovate.json").toFile());
    }

    /** The files of the patterns between slashes. */
    private static List<Path> files(JsonNode patterns) throws IOException {
        List<Pattern> ofPath = patterns(patterns);
        return files().stream()
                .filter(file -> ofPath.stream()
                        .anyMatch(path -> path.matcher(file.toString()).find()))
                .toList();
    }

    private static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile).forEach(found::add);
            }
        }
        return found;
    }

    private static List<Pattern> patterns(JsonNode texts) {
        List<Pattern> patterns = new ArrayList<>();
        texts.forEach(text -> patterns.add(Pattern.compile(text.asText().replaceAll("^/|/$", ""))));
        return patterns;
    }
}
