package backoffice.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflows may only read by default, and a release is published after all tests. */
class WorkflowsTest {

    private static final Path FOLDER = Path.of(".github", "workflows");
    private static final Path RELEASE = FOLDER.resolve("release.yml");

    @Test
    void a_workflow_may_only_read_unless_a_job_says_otherwise() throws IOException {
        for (Path file : files()) {
            assertEquals(
                    "{\"contents\":\"read\"}", yaml(file).get("permissions").toString(), file.toString());
        }
    }

    @Test
    void a_job_that_may_write_does_not_leave_its_token_in_the_working_tree() throws IOException {
        int jobs = 0;
        for (Path file : files()) {
            for (JsonNode job : yaml(file).get("jobs")) {
                if (job.path("permissions").toString().contains("write")) {
                    for (JsonNode step : job.get("steps")) {
                        boolean checkout = step.path("uses").asText().startsWith("actions/checkout@");
                        JsonNode persists = step.at("/with/persist-credentials");
                        assertTrue(!checkout || persists.isBoolean() && !persists.asBoolean(), file + ": " + step);
                    }
                    jobs++;
                }
            }
        }
        assertEquals(3, jobs);
    }

    @Test
    void nothing_is_published_before_all_tests_have_passed() throws IOException {
        JsonNode jobs = yaml(RELEASE).get("jobs");

        assertEquals(
                "./.github/workflows/ci.yml", jobs.get("verify").get("uses").asText());
        assertEquals(
                "./.github/workflows/kubernetes.yml",
                jobs.get("kubernetes").get("uses").asText());
        assertEquals(
                "[\"verify\",\"kubernetes\",\"files\"]",
                jobs.get("image").get("needs").toString());
        assertEquals("image", jobs.get("tag").get("needs").asText());
        assertEquals("tag", jobs.get("publish").get("needs").asText());
    }

    @Test
    void the_badges_of_the_readme_are_those_of_a_workflow_that_runs_on_each_push() throws IOException {
        List<String> badges = Pattern.compile("actions/workflows/([\\w.]+)/badge\\.svg")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(badge -> badge.group(1))
                .toList();

        assertEquals(List.of("ci.yml"), badges);
        assertTrue(yaml(FOLDER.resolve("ci.yml")).at("/on").has("push"));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }
}
